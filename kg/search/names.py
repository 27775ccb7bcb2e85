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

MIN_NAME_LENGTH = 2  # characters: a shorter word has no other names
_LOOKAROUND = re.compile(r"\(\?[=!<]|[\^$]")  # lookarounds and anchors
MAX_OTHER_NAMES = 24  # of a word


def other_names(word: str) -> tuple[str, ...]:
    """Other names of a word, folded, without the word itself and names that contain it, the first MAX_OTHER_NAMES (24):
    '长期照护保险' -> ('长期护理保险',); none for a word of fewer than MIN_NAME_LENGTH (2) folded characters.

    They are, in this order: the names of the same indicator or body (`_groups`); for each term in the word that has
    synonyms (`_terms`), the word with each synonym in the term's place; and for a body's name with its suffix (医保局)
    the other forms of the name with this suffix (医疗保障局)."""
    folded = fold(word)
    if len(folded) < MIN_NAME_LENGTH:
        return ()
    names = dict.fromkeys(_groups().get(folded, ()))
    for term, others in _terms().items():
        if term in folded:
            names |= dict.fromkeys(folded.replace(term, other) for other in others)
    for suffix in map(fold, BODY_SUFFIXES):
        stem = folded.removesuffix(suffix)
        if stem != folded:
            names |= dict.fromkeys(other + suffix for other in _stems().get(stem, ()))
    # a name that contains the word is found with it
    return tuple(name for name in names if folded not in name)[:MAX_OTHER_NAMES]


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """For each folded name of an indicator concept all names of the concepts that have this name, itself included; for
    each form of a function's name, such as 医保, the forms that `_stems` has for it. All are folded; a name that is
    both has both."""
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
    """For each form of a function's name the forms of the same function that it abbreviates or that abbreviate it
    (`_abbreviates`), all folded: '医保' -> ('医疗保障', …)."""
    forms: dict[str, dict[str, None]] = defaultdict(dict)
    for function in functions().values():
        names = list(dict.fromkeys(map(fold, (function.name, *function.stems, *function.bodies))))
        for one, other in permutations(names, 2):
            if _abbreviates(one, other, is_function_name=other == names[0]):
                forms[one][other] = forms[other][one] = None
    return {name: tuple(others) for name, others in forms.items()}


def _abbreviates(short: str, full: str, is_function_name: bool) -> bool:
    """Whether `short`, one form of a function's name, is an abbreviation of `full`, another one: 卫健 of 卫生健康,
    住房城乡建设 of 住房和城乡建设; not 海洋 of 自然资源, nor 民政 of 民政和人力资源社会保障.

    An abbreviation has at least MIN_NAME_LENGTH characters and fewer than `full`, begins with the same character, and
    is no part of it. It is `full` without 和, 与 and 及; or all its characters occur in `full` in this order, and its
    last character is one of the last two of `full`. The last character may stand anywhere (人社 of 人力资源社会保障)
    where `is_function_name` says that `full` is the name of the function itself."""
    if not MIN_NAME_LENGTH <= len(short) < len(full) or short in full or short[0] != full[0]:
        return False
    if short == re.sub("[和与及]", "", full):
        return True
    following = iter(full)
    if not all(character in following for character in short):
        return False
    return is_function_name or full.rindex(short[-1]) >= len(full) - 2


@cache
def _terms() -> dict[str, tuple[str, ...]]:
    """For each folded term the folded terms that mean the same: '照护' -> ('护理',), '护理' -> ('照护',).

    They are taken from the rules that write names of concepts in one way (`extractors.reference.concepts.terms`): of a
    match in a rule's sample and of what replaces it, the parts in which the two differ (`_trimmed`). Rules whose
    pattern has lookarounds or anchors are left out, because they depend on the words around the term (增速 in
    工业增加值增速)."""
    synonyms: dict[str, dict[str, None]] = defaultdict(dict)
    for pattern, _, sample, result in terms():
        if _LOOKAROUND.search(pattern.pattern):
            continue
        for match in pattern.finditer(sample):
            before, after = match.start(), len(sample) - match.end()
            pair = (fold(match[0]), fold(result[before : len(result) - after]))
            for one, other in _trimmed(*pair):
                synonyms[one][other] = synonyms[other][one] = None
    return {term: tuple(others) for term, others in synonyms.items()}


def _trimmed(one: str, other: str) -> Iterable[tuple[str, str]]:
    """The parts in which two names differ, as one pair, or no pair. The parts are what is left without the characters
    that both begin with and those that both end with: ('长期照护保险', '长期护理保险') -> [('照护', '护理')]. Where one
    of them would have fewer than MIN_NAME_LENGTH (2) characters, the pair is the whole names: ('病床', '床位') ->
    [('病床', '床位')]. No pair where a name has fewer characters, or where one name or part contains the other, for
    these are different words (职工, 城镇职工)."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    end = next((i for i, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), 0)
    short = min(len(one), len(other)) - start - end
    if short >= MIN_NAME_LENGTH:
        one, other = one[start : len(one) - end], other[start : len(other) - end]
    if min(len(one), len(other)) >= MIN_NAME_LENGTH and one not in other and other not in one:
        yield one, other
