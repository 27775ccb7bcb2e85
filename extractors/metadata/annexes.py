"""The label of an annex that stands before a title: 附件1：云岭省水网规划."""

from extractors import expressions as re
from extractors.document import Document
from extractors.reference.regions import gazetteer
from extractors.vocabulary.numbering import ANNEX_NUMBER
from extractors.vocabulary.words import Words

# 附件, 附件1：, 附 件 二, 附录：, 附：, 附1, 附2：; but no 附属医院
ANNEX_LABEL = re.compile(
    rf"附[ \t\u3000]{{0,6}}(?:[件录](?P<number>{ANNEX_NUMBER})?|{ANNEX_NUMBER}|(?=[0-9：:]))"
    r"[ \t\u3000]{0,4}(?P<mark>[:：.、]?)"
)
ANY_YEAR = 9999  # the gazetteer's last year, for a plan whose years are not known


def after_label(document: Document, line: Words) -> Words:
    """The words of `line`, of one or several lines of the `document`, without the label of an annex in front of them:
    '附件1：三亚市水网规划', or 附件 on one line and 三亚市水网规划 on the next, -> 三亚市水网规划. The words themselves
    where they have none. The white space that the document has there, which `line` is without, helps to tell where the
    label ends (`label_end`)."""
    end = label_end(document.text[line.start : line.end]) if line.text[:1] == "附" else 0
    return line.part(sum(at < line.start + end for at in line.at[:12])) if end else line


def label_end(printed: str) -> int:
    """The offset after the label of an annex with which the text begins, white space included; 0 where it begins with
    none. `printed` is with its white space: '附件1：三亚市水网规划' -> 4, '附件 三亚市水网规划' -> 3.

    A Chinese numeral right behind 附件 with a name right behind it is the number of the annex, but not where it begins
    the name of a region and what follows it does not: '附件二云岭省水网规划' -> 3, '附件三亚市水网规划' -> 2.
    """
    found = ANNEX_LABEL.match(printed)
    if not found:
        return 0
    number = (found["number"] or "").strip()
    if number and not number.isdecimal() and not found["mark"] and printed[found.end() :][:1].strip():
        places = gazetteer(ANY_YEAR)
        name = printed[found.start("number") :]
        if places.prefix(name) and not places.prefix(name[len(number) :]):
            return found.start("number")
    return found.end()
