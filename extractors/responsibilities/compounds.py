"""Catchwords that take a syllable from each body's name: “医保税银”等三方合作 (医保部门, 税务部门, 银行),
“税警关银”联合打击."""

from collections.abc import Iterator

from extractors import expressions as re
from extractors.responsibilities.duty import Duty, long_enough

# what a syllable stands for; None for what is no public body
SYLLABLES = {
    "医保": "医疗保障", "社保": "人力资源社会保障", "人社": "人力资源社会保障", "民政": "民政", "公安": "公安",
    "税": "税务", "警": "公安", "公": "公安", "关": "海关", "检": "检察院", "法": "法院", "司": "司法", "邮": "邮政",
    "银": None, "企": None, "保": None, "担": None, "医": None, "校": None, "政": None, "库": None,
}  # fmt: skip
SYLLABLE = re.compile("|".join(sorted(SYLLABLES, key=len, reverse=True)))
CATCHWORD = re.compile(
    r"[“\"](?P<word>[^“”\"，。；]{2,8})[”\"](?:等|[二两三四五六多]方|[+＋]|线上|线下|[“”\"]|部门){0,6}?"
    r"(?P<cue>[二两三四五六多]方|合作|协作|协同|联动|联合|共享|机制|联办|互动|对接|会商)"
)


def compounds(text: str, start: int, end: int) -> Iterator[Duty]:
    """The duties of the public bodies in the catchwords of the clause `text[start:end]`, which, extended by
    `long_enough`, proves them: 推广“医保税银”等三方合作 -> 医保 and 税 as participants (银 and the like stand for no
    public body). A catchword is in quotation marks, consists of at least two of SYLLABLES and nothing else, and has a
    word of acting together (合作, 三方) after it, which is the cue."""
    for found in CATCHWORD.finditer(text, start, end):
        syllables = list(SYLLABLE.finditer(text, *found.span("word")))
        if len(syllables) < 2 or "".join(s[0] for s in syllables) != found["word"]:
            continue
        for syllable in syllables:
            if function := SYLLABLES[syllable[0]]:
                clause = long_enough(text, start, end)
                yield Duty(*syllable.span(), "participant", found["cue"], clause, function=function)
