"""Functions of presets on citations: chains of plans and policies, influence, missing policies, the levels of a plan's
basis, and pairs that may be one document.

Each function is named in a preset's header. It gets the rows of the preset's query and the values of the preset's
parameters, and returns the preset's final rows.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import networkx as nx

from extractors.policies.decisions import decisions
from extractors.vocabulary.numerals import ONES
from ontology.iris import policy_name
from ontology.model.facts import LEVELS, OPEN_SCOPE
from ontology.model.store import Scalar
from queries.compute import Row

# The relations by which one document rests on another.
RESTS = ("basis", "implements")
# The longest chain that is followed.
MAX_CHAIN_STEPS = 12
# So many policies of one name and region are compared with another; more are not told apart by their names.
MOST_ALIKE = 20


def paths(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """All chains from the plans that the parameter `plan` names, by a part of the title, file name or region's name, or
    by an id (`_is_named`; all plans without it), up to what they are based on or carry out, one row for each step of a
    chain; `rows` has one citation each. With the parameter `relation` the citations of that relation are followed in
    place of `basis` and `implements`. `start_plan` is the title of the plan that the chain starts from, `chain` the
    number of the chain and `step` that of the step, from 1; `level` is that of the cited policy, and `held` says
    whether the store has its text.

    A chain continues where the cited policy is a plan of the store, and ends at one that is not or that cites nothing,
    before a policy that it has already visited (the start too), and after MAX_CHAIN_STEPS (12) steps.
    """
    plan_words = str(parameters.get("plan") or "")
    relation = parameters.get("relation")
    relations = RESTS if relation is None else (str(relation),)
    steps: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=_place):
        if row["relation"] in relations:
            steps[row["from_id"]].append(row)
    stored_plans = _held(rows)
    starts = {row["from_id"]: row for row in rows if _is_named(plan_words, row)}
    result: list[Row] = []
    for number, chain in enumerate(_chains(sorted(starts), steps), 1):
        result += [
            row
            | {
                "start_plan": starts[chain[0]["from_id"]]["plan"],
                "chain": number,
                "step": i,
                "level": row["cited_level"],
                "held": row["policy_id"] in stored_plans,
            }
            for i, row in enumerate(chain, 1)
        ]
    return result


def _is_named(plan_words: str, row: Row) -> bool:
    """Whether the words `plan_words` are part of the title, the file name or the region's name of the plan that the row
    is a citation of, or are the region's code, or the id of the plan, of its document or of the region: what the
    include `plan-filter` keeps for the parameter `plan`. True for no words."""
    parts = (row["plan"], row["file"], row["home"] or "")
    return any(plan_words in part for part in parts) or plan_words in (
        row["plan_id"],
        row["from_id"],
        row["home_code"],
        row["home_id"],
    )


def _place(row: Row) -> tuple[str, int, str]:
    """Sort key of a citation's row: its file, its position among the citations there, and the policy's id."""
    return row["file"], row["position"], row["policy_id"]


def _chains(starts: Iterable[str], steps: Mapping[str, list[Row]]) -> Iterator[list[Row]]:
    """The chains upwards from each of `starts`, ids of plans' policies, as the rows of their citations. A chain is
    followed as far as it goes without a policy that it has visited, at most MAX_CHAIN_STEPS (12) steps; its beginnings
    are no chains of their own, and a start that cites nothing but itself has none. `steps` has the citations of each
    plan by the id of its policy. Chains with the same beginning follow one another, in the order of the text."""
    for start in starts:
        open_chains: list[list[Row]] = [[row] for row in reversed(steps.get(start, [])) if row["policy_id"] != start]
        while open_chains:
            chain = open_chains.pop()
            visited = {start, *(row["policy_id"] for row in chain)}
            onward = [row for row in steps.get(chain[-1]["policy_id"], []) if row["policy_id"] not in visited]
            if not onward or len(chain) >= MAX_CHAIN_STEPS:
                yield chain
            open_chains += [[*chain, row] for row in reversed(onward) if len(chain) < MAX_CHAIN_STEPS]


def influence(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """One row for each cited policy, with its label (`policy`), `policy_id`, `level`, `type` and `region`; `rows` has
    one citation each. `plans` is the number of plans that are based on the policy or carry it out directly, `regions`
    that of these plans' regions, and `reach` that of the plans other than the policy itself that do so directly or
    through other plans. `basis` and `implements` count the direct ones by relation, `cited` the plans that cite the
    policy in any relation. `parameters` are not used.

    `centrality` is harmonic: a plan that is based on the policy directly counts 1, one at two steps on the shortest way
    1/2, and so on; the sum is rounded to four decimals.
    """
    resting = [row for row in rows if row["relation"] in RESTS]
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted({(row["policy_id"], row["from_id"]) for row in resting}))
    result = []
    for policy_id, citing in _grouped(rows).items():
        direct = [row for row in citing if row["relation"] in RESTS]
        steps_to = nx.single_source_shortest_path_length(graph, policy_id) if policy_id in graph else {}
        distances = sorted(distance for distance in steps_to.values() if distance)
        result.append(
            _described(citing[0])
            | {
                "plans": len({row["from_id"] for row in direct}),
                "regions": len({row["home_id"] for row in direct if row["home_id"]}),
                "reach": len(distances),
                "basis": len({row["from_id"] for row in direct if row["relation"] == "basis"}),
                "implements": len({row["from_id"] for row in direct if row["relation"] == "implements"}),
                "cited": len({row["from_id"] for row in citing}),
                "centrality": round(sum(1 / distance for distance in distances), 4),
            }
        )
    return result


def missing(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """One row for each cited policy that no file of the store holds, which says what to collect next, with its label
    (`policy`), `policy_id`, `level`, `type` and `region`; `rows` has one citation each. `cited` is the number of plans
    that cite the policy; `doc_number` and `relations` are all that the citations give, sorted and joined with 、.
    `parameters` are not used."""
    stored_plans = _held(rows)
    return [
        _described(citing[0])
        | {
            "doc_number": _joined(row["doc_number"] for row in citing),
            "cited": len({row["from_id"] for row in citing}),
            "relations": _joined(row["relation"] for row in citing),
        }
        for policy_id, citing in _grouped(rows).items()
        if policy_id not in stored_plans
    ]


def coverage(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """One row for each plan (title, file, region, level, ids) with the number of documents of each level that it names
    as its basis: a column for each of LEVELS, and `unclear` for documents of unknown level; a document counts once for
    each level that its rows give it. `missing` are the levels of the regions above the plan's own of which it names
    none, joined with 、, the highest first; None where it lacks none. `rows` has a plan with one document of its basis
    (or none) and the level of one region above it (or none) each; `parameters` are not used."""
    by_file: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_file[row["plan_id"]].append(row)
    result = []
    for lines in by_file.values():
        bases = {(row["policy_id"], row["cited_level"]) for row in lines if row["policy_id"]}
        counts = {level: sum(cited == level for _, cited in bases) for level in LEVELS}
        above = {row["above_level"] for row in lines}
        gaps = [level for level in LEVELS if level in above and not counts[level]]
        result.append(
            {"plan": lines[0]["plan"], "file": lines[0]["file"], "region": lines[0]["home"]}
            | {"level": lines[0]["home_level"], "plan_id": lines[0]["plan_id"], "region_id": lines[0]["region_id"]}
            | counts
            | {"unclear": sum(level is None for _, level in bases), "missing": "、".join(gaps) or None}
        )
    return result


def matches(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """Pairs of policies with two identities that may be one document, one row each with the `reason`, the first that
    holds of "same 文号", "same name, issuer open" and "names almost equal" (the last two where the policies' scopes and
    the periods in their names allow it, `_may_be`); and policies with one identity that may be two documents, because
    their citations give several 文号, as a row that pairs the policy with itself and has these as its reason ('one
    policy, several 文号: …'). Each row has the label (`policy`), `policy_id`, `scope`, `name` and `citing_plans` of the
    one policy, and the same of the other, with other_ before their names. `rows` has one citation each; `parameters`
    are not used. Pairs that a person decided to be two documents are left out. Raises Refused where a file of decisions
    cannot be read.

    Each policy of a group that may be one document is paired with one other, so that the number of rows grows with the
    policies and not with their pairs. Joining all pairs joins the group; after a pair is decided to be two, the next
    one is given.
    """
    policies: dict[str, Row] = {}
    numbers: dict[str, set[str]] = defaultdict(set)
    plans: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        policy_id = row["policy_id"]
        policies[policy_id] = _described(row) | {"scope": row["scope"], "name": policy_name(policy_id)}
        if row["doc_number"]:
            numbers[policy_id].add(_number(row["doc_number"]))
        plans[policy_id].add(row["plan"])
    pairs = _pairs(policies, numbers)
    for policy_id, printed in numbers.items():
        if len(printed) > 1:
            pairs[policy_id, policy_id] = f"one policy, several 文号: {'、'.join(sorted(printed))}"
    return [
        _side(policies[one], plans[one], "") | _side(policies[other], plans[other], "other_") | {"reason": reason}
        for (one, other), reason in pairs.items()
    ]


def _pairs(policies: Mapping[str, Row], numbers: Mapping[str, set[str]]) -> dict[tuple[str, str], str]:
    """The pairs of two different policies that may be one document, as their ids in sorted order, each with its reason
    as `matches` has it. `policies` has the row of each policy by its id, `numbers` the 文号 of each policy that has
    any, in one spelling, by its id.

    A group has one 文号, one name, or one scope and one name as `_core` has it. For each policy of a group one pair is
    made at most: with the first policy that no person decided (`decisions`) to be another document and that `_may_be`
    allows, which for "same 文号" is not asked. It is looked for among those before it in the order of their ids; for
    "same name, issuer open" among those of `_comparable`, in their order. A pair that several groups give has the first
    reason. Raises Refused where a file of decisions cannot be read.
    """
    decided = decisions().different
    pairs: dict[tuple[str, str], str] = {}
    for reason, groups in (
        ("same 文号", _by(policies, lambda p: sorted(numbers.get(p["policy_id"], ())))),
        ("same name, issuer open", _by(policies, lambda p: [p["name"]])),
        ("names almost equal", _by(policies, lambda p: [f"{p['scope']} {_core(p['name'])}"])),
    ):
        for group in groups:
            open_issuers = reason == "same name, issuer open"
            near = _comparable([policies[one] for one in group]) if open_issuers else {}
            for i, other in enumerate(group):
                for one in near[other] if open_issuers else group[:i]:
                    kept_apart = frozenset([_key(policies[one]), _key(policies[other])]) in decided
                    if not kept_apart and (reason == "same 文号" or _may_be(policies[one], policies[other])):
                        pairs.setdefault((min(one, other), max(one, other)), reason)
                        break
    return pairs


def _by(policies: Mapping[str, Row], keys: Callable[[Row], list[str]]) -> list[list[str]]:
    """Groups of two or more policies that share a key, each group the sorted ids of its policies. `policies` has the
    row of each policy by its id; `keys` returns the keys of a policy's row; a policy with several keys is in several
    groups."""
    groups: dict[str, list[str]] = defaultdict(list)
    for policy_id in sorted(policies):
        for key in keys(policies[policy_id]):
            groups[key].append(policy_id)
    return [group for _, group in sorted(groups.items()) if len(group) > 1]


def _may_be(one: Row, other: Row) -> bool:
    """Whether two policies, whose names are already known to be equal or almost equal, can be the same document. Of one
    scope they can, unless both names have periods or the like (`_periods`: years, batches, 试行) and these differ. Of
    two scopes with one known region and one level they can where the names are equal and the longer of their chains
    (`_chain_of`) ends with the other, which tells apart two regions of one name. Of any others, where the scope of one
    is open and the other fits it (`_fits`)."""
    if one["scope"] == other["scope"]:
        return _periods(one["name"]) == _periods(other["name"]) or not (
            _periods(one["name"]) and _periods(other["name"])
        )
    if one["region"] and one["region"] == other["region"] and one["level"] == other["level"]:
        chains = sorted((_chain_of(one), _chain_of(other)), key=len)
        return bool(one["name"] == other["name"]) and chains[1].endswith(chains[0])
    return (OPEN_SCOPE in one["scope"] and _fits(other, one["scope"])) or (
        OPEN_SCOPE in other["scope"] and _fits(one, other["scope"])
    )


def _fits(policy: Row, scope: str) -> bool:
    """Whether a policy can be the document that plans of one region name without its issuer. `scope`, another one than
    the policy's, is an open scope that names this region, such as 未定：四川省达州市渠县. Any national policy fits; any
    other fits where its region is 渠县, above it or below it: where the chain of one region begins with that of the
    other (`_chain_of`, `_open_chain`). A policy without a region that is not national does not fit, and none but
    national ones fits a scope without a region.

    >>> policy = {"level": "prefectural", "scope": "未定：四川省达州市", "region": "达州市"}
    >>> _fits(policy, "未定：四川省达州市渠县"), _fits(policy, "未定：四川省绵阳市")
    (True, False)
    """
    if policy["level"] == "national":
        return True
    ours, other = _open_chain(scope), _chain_of(policy)
    return bool(ours and other) and (ours.startswith(other) or other.startswith(ours))


def _comparable(group: list[Row]) -> dict[str, list[str]]:
    """The ids of the policies with which each policy is to be compared, by the policy's id; `group` has the rows of
    policies with one name. These are, each once: policies whose region has the same name and level (also two 城关区,
    which `_may_be` tells apart), then those of its own region and of each region above it, the nearest first, then
    national ones. Of each region, and of the first and the last of these three sorts, only the first MOST_ALIKE (20) of
    the group are taken; the policy itself is left out.

    A pair of policies of which one is of a region below the other is listed with the lower one alone. So the work grows
    with the size of the group and not with its square.
    """
    at: dict[str, list[str]] = defaultdict(list)
    for policy in group:
        at[_chain_of(policy)].append(policy["policy_id"])
        if policy["region"] and policy["level"]:
            at[f"{policy['region']} {policy['level']}"].append(policy["policy_id"])
    national = [policy["policy_id"] for policy in group if policy["level"] == "national"]
    comparable: dict[str, list[str]] = {}
    for policy in group:
        chain = _chain_of(policy)
        above = [one for end in range(len(chain), 0, -1) for one in at.get(chain[:end], ())[:MOST_ALIKE]]
        same = at.get(f"{policy['region']} {policy['level']}", ())[:MOST_ALIKE]
        comparable[policy["policy_id"]] = [
            one for one in dict.fromkeys([*same, *above, *national[:MOST_ALIKE]]) if one != policy["policy_id"]
        ]
    return comparable


def _chain_of(policy: Row) -> str:
    """The region of a policy as one text: its name, after those of the regions above it where the scope has them. The
    first of these that applies: the `_open_chain` of a scope whose issuer is open; the scope up to the end of the
    region's name, if it holds that, without 中共 at its beginning ('中共云岭省委办公厅' -> '云岭省'); the region's
    name; '' for a policy without a region."""
    scope, region = policy["scope"], policy["region"]
    if OPEN_SCOPE in scope:
        return _open_chain(scope)
    if region and region in scope:
        return str(scope[: scope.index(region) + len(region)]).removeprefix("中共")
    return region or ""


def _open_chain(scope: str) -> str:
    """The region's name in a scope whose issuer is open: '未定：四川省达州市渠县' -> '四川省达州市渠县',
    '四川省（未定）' -> '四川省'. Any other scope without ： is returned unchanged."""
    return scope.partition("：")[2] if "：" in scope else scope.removesuffix(f"（{OPEN_SCOPE}）")


def _periods(name: str) -> list[str]:
    """The parts of a name in which documents of otherwise equal names differ, in the order of the name: four ASCII
    digits (years), numbers that end with 五 before another character than 年 (the five-year period 十四五, but also
    二十五 in 二十五条), batches (第二批), and 试行, 暂行 and 征求意见稿: '三年行动计划(2021-2023)' -> ['2021',
    '2023']."""
    return re.findall(rf"[0-9]{{4}}|[{ONES}十]+五(?=[^年])|第[{ONES}十]+批|试行|暂行|征求意见稿", name)


def _core(name: str) -> str:
    """The name without (…) at its end and without words that are often added or left out, wherever they stand: 关于,
    进一步, 专项, 发展, 实施, 若干, 指导, 总体, 工作, 中长期, 的, 和, 与, 及, 暨. '关于深化改革的实施意见(试行)' ->
    '深化改革意见'."""
    name = re.sub(r"\([^()]*\)$", "", name)
    return re.sub(r"关于|进一步|专项|发展|实施|若干|指导|总体|工作|中长期|[的和与及暨]", "", name)


def _number(printed: str) -> str:
    """A printed 文号 in one spelling for all kinds of brackets around the year, with or without 第, zeros before the
    number and white space: '川府发[2021]3号' -> '川府发2021-3'. Text without a year in brackets and a number before 号
    loses its white space only."""
    digits = re.sub(r"[〔\[［【（(]\s*(\d{4})\s*[〕\]］】）)]\s*第?\s*0*(\d+)\s*号", r"\1-\2", printed)
    return re.sub(r"\s+", "", digits)


def _key(policy: Row) -> tuple[str, str]:
    """Scope and name in a policy's row, by which decisions (`extractors.policies.decisions`) know the policy."""
    return policy["scope"], policy["name"]


def _side(policy: Row, plans: set[str], prefix: str) -> Row:
    """The columns about one policy in a row about a pair: `policy` (its label), `policy_id`, `scope`, `name`, and
    `citing_plans`, the titles of the plans that cite it (`plans`) joined with 、. The names of the columns begin with
    `prefix`."""
    columns = {"policy": "policy", "policy_id": "policy_id", "scope": "scope", "name": "name"}
    return {prefix + to: policy[key] for key, to in columns.items()} | {f"{prefix}citing_plans": _joined(plans)}


def _held(rows: list[Row]) -> set[str]:
    """The ids of the policies whose text the store has, as far as rows of citations say so: of the plans that cite, and
    of the cited policies with a `held_label`, which are plans of the store that may cite nothing themselves."""
    return {row["from_id"] for row in rows} | {row["policy_id"] for row in rows if row.get("held_label")}


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    """The citations of each policy by its id, from `rows` with one citation each, in the order of files and places."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=_place):
        groups[row["policy_id"]].append(row)
    return groups


def _described(row: Row) -> Row:
    """The columns about the cited policy in a citation's row: `policy` (its label), `policy_id`, `level`, `type` and
    `region`."""
    return {
        "policy": row["policy"],
        "policy_id": row["policy_id"],
        "level": row["cited_level"],
        "type": row["policy_type"],
        "region": row["region"],
    }


def _joined(values: Iterable[str | None]) -> str | None:
    """The different values that are not empty, sorted and joined with 、; None without any."""
    return "、".join(sorted({value for value in values if value})) or None
