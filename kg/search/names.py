"""Other names of a word that is searched, from the scheme of indicator concepts and the list of bodies: 照护 and
护理."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import permutations

from extractors.reference.concepts import scheme, terms
from extractors.reference.functions import BODY_SUFFIXES, functions
from kg.search.characters import fold

MIN_NAME_LENGTH = 2  # characters of a word that has other names
_LOOKAROUND = re.compile(r"\(\?[=!<]|[\^$]")  # lookarounds and anchors
MAX_OTHER_NAMES = 24  # names that a word is looked for under


def other_names(word: str) -> tuple[str, ...]:
    """Other names of a word, folded, without the word itself and names that contain it; at most MAX_OTHER_NAMES:
    '长期照护保险' -> ('长期护理保险',).

    The name of an indicator or body has all names of its group; a term (照护) is replaced inside a longer word too.
    """
    folded = fold(word)
    if len(folded) < MIN_NAME_LENGTH:
        return ()
    found = dict.fromkeys(_groups().get(folded, ()))
    for term, others in _terms().items():
        if term in folded:
            found |= dict.fromkeys(folded.replace(term, other) for other in others)
    for suffix in map(fold, BODY_SUFFIXES):
        stem = folded.removesuffix(suffix)
        if stem != folded:
            found |= dict.fromkeys(other + suffix for other in _stems().get(stem, ()))
    found.pop(folded, None)
    # a name that contains the word is found with it
    return tuple(name for name in found if folded not in name)[:MAX_OTHER_NAMES]


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """For each folded name the folded names that mean the same: all names of the same indicator, itself included; of a
    body only its other short and full names."""
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for concept in scheme():
        names = [fold(name) for name in (concept.label, *concept.others)]
        for name in names:
            groups[name] |= dict.fromkeys(names)
    for stem, others in _stems().items():
        groups[stem] |= dict.fromkeys(others)
    return {name: tuple(group) for name, group in groups.items()}


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    """For each short or full form of a function's name the forms that it abbreviates or that abbreviate it: '医保' ->
    ('医疗保障', …)."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for function in functions().values():
        names = list(dict.fromkeys(map(fold, (function.name, *function.stems, *function.bodies))))
        for one, other in permutations(names, 2):
            if _abbreviates(one, other, whole=other == names[0]):
                found[one][other] = found[other][one] = None
    return {name: tuple(others) for name, others in found.items()}


def _abbreviates(short: str, full: str, whole: bool) -> bool:
    """Whether `short` is an abbreviation of `full`: 卫健 of 卫生健康, 住房城乡建设 of 住房和城乡建设; not 海洋 of
    自然资源, nor 民政 of 民政和人力资源社会保障.

    The last character of the short form must be one of the last two of the full one, unless the full one is the name of
    the function itself (`whole`): 人社 of 人力资源社会保障.
    """
    if not MIN_NAME_LENGTH <= len(short) < len(full) or short in full or short[0] != full[0]:
        return False
    if short == re.sub("[和与及]", "", full):
        return True
    rest = iter(full)
    if not all(character in rest for character in short):
        return False
    return whole or full.rindex(short[-1]) >= len(full) - 2


@cache
def _terms() -> dict[str, tuple[str, ...]]:
    """For each term the terms that mean the same, taken from the rules of concept names and their samples: 照护 and
    护理.

    Rules that depend on the words around the term (增速 in 工业增加值增速) are left out, and so are pairs of which
    one contains the other, for these are different words (职工, 城镇职工).
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for pattern, _, sample, result in terms():
        if _LOOKAROUND.search(pattern.pattern):
            continue
        for match in pattern.finditer(sample):
            before, after = match.start(), len(sample) - match.end()
            pair = (fold(match[0]), fold(result[before : len(result) - after]))
            for one, other in _trimmed(*pair):
                found[one][other] = found[other][one] = None
    return {term: tuple(others) for term, others in found.items()}


def _trimmed(one: str, other: str) -> Iterable[tuple[str, str]]:
    """The parts in which two names differ: ('长期照护保险', '长期护理保险') -> [('照护', '护理')]; nothing where one
    part contains the other."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    end = next((i for i, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), 0)
    short = min(len(one), len(other)) - start - end
    if short >= MIN_NAME_LENGTH:
        one, other = one[start : len(one) - end], other[start : len(other) - end]
    if min(len(one), len(other)) >= MIN_NAME_LENGTH and one not in other and other not in one:
        yield one, other
