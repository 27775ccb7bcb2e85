"""What stands in 《》 and is no document: a certificate, a form, a newspaper, a play."""

from functools import cache

from extractors import expressions as re
from extractors.policies.titles import type_of
from extractors.reference.data_files import data_rows

# Words inside a title that say that it is a document although its ending does not (中国制造2025, 关于…, …（2022年版）)
DOCUMENT_WORDS = re.compile(
    r"关于|规划|纲要|方案|计划|意见|办法|条例|规定|细则|通知|行动|目录|标准|制度|政策|措施|指南|指引|议程|协定|公约|报告"
    r"|\d{4}年?版|现代化20[2-5]\d|任务|分工|法律|总规|体系|战略|中国制造|蓝图|路线图|清单|汇编|规范|导则|章程|协议|合同|框架$|手册|名录|宣言|倡议|决议|决定|建议|要点|预案|机制|令$"
)
# Verbs in front that only documents have
DOCUMENT_VERBS = re.compile(
    r"(?:根据|依据|依照|按照|遵照|贯彻|落实|执行|印发|颁布|制定|制订|出台|编制|修订|起草|发布|参照|对照|对标|衔接|达到"
    r"|符合|遵守|遵循|满足)[^，。；]{0,20}$|(?:国家|行业|地方|团体|强制性|推荐性)标准$"
)


# 获全国一等奖
AWARDED = re.compile(r"[”\"◇、和与及]*等?[^，。；]{0,6}?荣?获[^，。；]{0,24}奖")


def is_document(title: str, left: str, right: str, numbered: bool) -> bool:
    """Whether what stands in 《》 (`title`) is a document: ('人民日报', '', '', False) -> False, ('花木兰', '推出舞剧',
    '', False) -> False, ('阿坝州价格汇编', '编制新版', '', False) -> True. `left` and `right` are the words of the
    sentence before and after it, other titles replaced by one character each (◇). Words next to it are those beside it
    but for quotation marks, other titles and 、, 和 and the like between. The first that applies:

    - True where it has a 文号 or the number of a standard (`numbered`);
    - next to a word for something else (舞剧; `not_documents`), True only where its type (`type_of`) is 法律, 条例,
      规划, 规划纲要, 意见 or 办法, so not for an 实施意见;
    - False where it ends with a word for something else (证书);
    - True where it ends as a type of document does (`type_of`);
    - False before words of an award (获…奖);
    - True where it has a word of documents or follows a verb of them (`_has_document_words`), else False.
    """
    if numbered:
        return True
    endings, words_before, words_after = not_documents()
    before = re.sub(r"[“\"◇、和与及]+$", "", left)
    after = re.sub(r"^[”\"◇、和与及]+", "", right)
    if before.endswith(words_before) or after.startswith(words_after):
        return type_of(title) in ("法律", "条例", "规划", "意见", "办法", "规划纲要")
    if title.endswith(endings):
        return False
    if type_of(title) is not None:
        return True
    return not AWARDED.match(right) and _has_document_words(title, left)


def _has_document_words(title: str, left: str) -> bool:
    """Whether a title that does not end like a document's contains a word of documents (…行动, 关于…, or 框架 or 令 at
    its end: DOCUMENT_WORDS), or whether in `left`, the words before it, a verb that takes a document (印发, 贯彻) is
    followed by at most 20 characters without ，。；, or 国家标准 or the like ends them."""
    return DOCUMENT_WORDS.search(title) is not None or DOCUMENT_VERBS.search(left) is not None


@cache
def not_documents() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The words of the data file that show that a title is of no document, as (endings of titles, words before a title,
    words after one)."""
    words: dict[str, list[str]] = {"end": [], "ahead": [], "behind": []}
    for where, word in data_rows("not_documents.tsv"):
        words[where].append(word)
    return tuple(words["end"]), tuple(words["ahead"]), tuple(words["behind"])
