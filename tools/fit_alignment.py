"""Fits the weights of kg/align/judge.py on annotated pairs of plans, with leave-one-pair-out results.

usage: python tools/fit_alignment.py STORE GOLD_FOLDER      (needs scikit-learn, which plan-kg itself does not)

STORE is an embedded store that holds the annotated plans. GOLD_FOLDER has one JSON file a pair of plans:
{"source_file", "target_file", "tasks": [{"source": {"start"}, "matches": [{"start", "kind", "also"?}]}]}, where `start`
is the first 15 characters of a task's text. A pair that is annotated as copied or adapted counts fully, a borderline
one by 0.6 or 0.4, one of the same topic by 0.2.
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from kg.align.judge import SAME_MEASURE, WEIGHTS
from kg.align.measures import ComparedText, Prepared, measures
from kg.align.read import ComparedPlan, read
from kg.stores import open_store
from ontology.model.facts import squeeze

TOPIC_WEIGHT = 0.2  # of a pair of the same topic that is another measure
REGULARIZATION = 0.03  # C of the regression: small, because there are few annotated pairs of plans


def main(store: str, folder: str) -> None:
    """Prints the weights fitted on all pairs of plans, and each pair's precision and recall without it."""
    with open_store(store) as opened:
        plans = {plan.file: plan for plan in (read(opened, record.document) for record in opened.records())}
    gold = [json.loads(path.read_text("utf-8")) for path in sorted(Path(folder).glob("*.json"))]
    values = [_values(plans[pair["source_file"]], plans[pair["target_file"]]) for pair in gold]
    truth = [_truth(pair, plans[pair["source_file"]], plans[pair["target_file"]]) for pair in gold]
    totals: Counter[str] = Counter()
    for i, pair in enumerate(gold):
        others = [j for j in range(len(gold)) if j != i]
        if others:
            weights, intercept = _fit([values[j] for j in others], [truth[j] for j in others])
            counts = _judged(1 / (1 + np.exp(-(values[i] @ weights + intercept))), truth[i])
            totals.update(counts)
            print(f"{pair['source_file']} {pair['target_file']}: {_ratios(counts)}")
    print(f"without the pair itself, all together: {_ratios(totals)}")
    weights, intercept = _fit(values, truth)
    print(f"INTERCEPT = {intercept:.3f}")
    for name, weight in zip(WEIGHTS, weights, strict=True):
        print(f'    "{name}": {weight:.3f},')


def _judged(score: np.ndarray, truth: np.ndarray) -> dict[str, int]:
    """Counts for one pair of plans, whose tasks are the rows and columns of both arrays: of pairs of tasks those with a
    score of SAME_MEASURE or more (`said`) and how many of these are no error (`right`), those that are fully the same
    measure (`pairs`) and how many of these are said (`found`); of tasks with such a counterpart (`tasks`) how many have
    it as the highest score (`first`); tasks with a borderline counterpart at most (`nobody`), for which none is said
    (`nobody_said`), and both (`nobody_right`)."""
    said, strong = score >= SAME_MEASURE, truth == 1
    tasks = [i for i in range(len(truth)) if strong[i].any()]
    nobody = [i for i in range(len(truth)) if (truth[i] < 0.5).all()]  # at most a borderline case
    none_said = [i for i in range(len(truth)) if not said[i].any()]
    return {
        "right": int((said & (truth > 0)).sum()),
        "said": int(said.sum()),
        "found": int((said & strong).sum()),
        "pairs": int(strong.sum()),
        "first": sum(bool(strong[i, score[i].argmax()]) for i in tasks),
        "tasks": len(tasks),
        "nobody_right": len({*nobody} & {*none_said}),
        "nobody": len(nobody),
        "nobody_said": len(none_said),
    }


def _ratios(counts: Mapping[str, int]) -> str:
    """The ratios of the counts of `_judged` as text: 'precision 31/40, recall 31/38, …'."""
    ratios = {
        "precision": ("right", "said"),
        "recall": ("found", "pairs"),
        "best counterpart first": ("first", "tasks"),
        "nobody, precision": ("nobody_right", "nobody_said"),
        "nobody, recall": ("nobody_right", "nobody"),
    }
    return ", ".join(f"{name} {counts[a]}/{counts[b]}" for name, (a, b) in ratios.items())


def _values(one: ComparedPlan, other: ComparedPlan) -> np.ndarray:
    """For each task of one plan and each of the other their measures, in the order of WEIGHTS."""
    found = measures(_prepared(one), _prepared(other))
    return np.stack([found[name] for name in WEIGHTS], axis=2)


def _prepared(plan: ComparedPlan) -> Prepared:
    """The texts of the plan's tasks, prepared for `measures`."""
    return Prepared.of([ComparedText(task.label, task.above, task.text) for task in plan.tasks])


def _truth(gold: dict, one: ComparedPlan, other: ComparedPlan) -> np.ndarray:
    """For each task of one plan and each of the other the degree, 0 to 1, to which the annotation of the two plans says
    that they are the same measure; 0 for pairs that are not annotated. Raises StopIteration for an unknown task."""
    degrees = np.zeros((len(one.tasks), len(other.tasks)))
    for task in gold["tasks"]:
        for match in task["matches"]:
            strong, borderline = match["kind"] != "related", "also" in match
            value = (0.6 if match.get("also") == "related" else 1.0) if strong else 0.4 if borderline else TOPIC_WEIGHT
            degrees[_index(one, task["source"]["start"]), _index(other, match["start"])] = value
    return degrees


def _index(plan: ComparedPlan, start: str) -> int:
    """The index of the plan's first task that has `start` among the first characters of its text, 40 of which may
    precede it; raises StopIteration where there is none."""
    return next(i for i, task in enumerate(plan.tasks) if start in squeeze(task.text)[: len(start) + 40])


def _fit(values: Sequence[np.ndarray], truth: Sequence[np.ndarray]) -> tuple[np.ndarray, float]:
    """Weights and intercept for values as they are; each pair of tasks counts as both classes, by its truth."""
    rows = np.concatenate([value.reshape(-1, len(WEIGHTS)) for value in values])
    degrees = np.concatenate([one.ravel() for one in truth])
    scaler = StandardScaler().fit(rows)
    scaled = scaler.transform(rows)
    shares = np.concatenate([degrees, 1 - degrees])
    classes = np.concatenate([np.ones(len(degrees)), np.zeros(len(degrees))])
    used = shares > 0
    model = LogisticRegression(C=REGULARIZATION, max_iter=3000)
    model.fit(np.concatenate([scaled, scaled])[used], classes[used], sample_weight=shares[used])
    weights = model.coef_[0] / scaler.scale_
    return weights, float(model.intercept_[0] - weights @ scaler.mean_)


if __name__ == "__main__":
    main(*sys.argv[1:3])
