"""Where a title ends and its text begins, in texts that lost the mark between them.

A title of a plan is a phrase of a verb and its object (加强水利建设). Its text shows itself by one of three signs: a
word that opens sentences and stands in no title (要, 通过, 按照), a word of the title said again (加强水利建设 |
水利建设要), or a second verb after the object (深化金融体制改革 | 建立和完善). One such line alone proves little, so
`extractors.layout` asks for several of them in one text.
"""

from extractors import expressions as re
from extractors.vocabulary.numbering import DIVISION_NUMBER
from extractors.vocabulary.numerals import ONES

ANOTHER = re.compile(DIVISION_NUMBER)
MAX_RUN_ON_TITLE = 24  # characters of such a title
MIN_RUN_ON_TITLE = 4
LEAST_AFTER_OPENER = 15  # characters that follow: a title of two phrases has fewer
LEAST_AFTER_VERB = 20
AGAIN = 4  # characters of a word said again; two where 要 follows

# words that begin a sentence and do not stand inside a title
OPENER = re.compile(
    r"(?<![重主需首必只])要(?![素求点闻害件塞道职务])|通过|根据|依据|依靠|按照|围绕|坚持|充分发挥|进一步|更好地|着力|抓住|抓紧|把(?![握关控手])"
    rf"|[“\"]?(?:二?十[{ONES}]五)[”\"]?(?:以来|时期|期间|末)|近年来|当前，|截至|到(?=[“二12])"
    r"|依法(?!治)|以[^，为]{2,8}为|在[^，]{2,24}(?:的?同时|基础上|[下中])，?"
)
# verbs that are no nouns as well, as 发展, 建设, 改革, 管理 are
RUN_ON_VERB = (
    r"(?:加快|加大|加强|推进|深化|完善|健全|建立|强化|优化|提高|提升|扩大|拓宽|鼓励|支持|严格|积极|大力|切实|继续|逐步|确立|清理|巩固"
    r"|组织实施|搞好|抓好|引进|打破|促进|培育|营造|形成|落实|实行|实施|充分|全面|统筹|引导|扶持|增强|保持|认真|努力|稳步|广泛|重点)"
)
SECOND_VERB = re.compile(rf"{RUN_ON_VERB}|(?:改革|调整|发展|保护)和{RUN_ON_VERB}")
# what a title does not end with: 加强和, 提高东部地区的, 保护和|治理
UNFINISHED = re.compile(rf"(?:[和与及、的以对将把向为]|{RUN_ON_VERB})$")
TITLE_CHARACTERS = re.compile(r"[\u4e00-\u9fff“”、]+")
# the title with the first clause of its text; a blank in it is a mark between the two, a number another title
FIRST_CLAUSE = re.compile(r"[^\s，。；：]+(?=[，。；：]|$)")


def title_end(words: str) -> int | None:
    """The length in characters of the title with which `words`, a paragraph or line without its number, begin:
    '加强水利建设水利建设要全面规划，统筹兼顾，标本兼治' -> 6. It is the shortest title of Chinese characters, “, ” and
    、 within the first clause but not all of it, of 4 to 24 characters, that can end there (not after 和, 的 and the
    like or a verb of RUN_ON_VERB, no quotation mark left open). After it must come at least 15 characters that begin
    with a word that opens sentences (OPENER) or a word of the title (`_said_again`), or at least 20 that begin with a
    verb (SECOND_VERB). None where there is none, where white space stands before the first mark, and where the clause
    has the number of another division."""
    clause, title = FIRST_CLAUSE.match(words), TITLE_CHARACTERS.match(words)
    if clause is None or title is None or ANOTHER.search(clause[0]):
        return None
    stop = min(MAX_RUN_ON_TITLE, title.end(), clause.end() - 1)
    for at in range(MIN_RUN_ON_TITLE, stop + 1):
        if UNFINISHED.search(words[:at]) or words[:at].count("“") != words[:at].count("”"):
            continue
        following = len(words) - at
        if following >= LEAST_AFTER_OPENER and (OPENER.match(words, at) or _said_again(words, at)):
            return at
        if following >= LEAST_AFTER_VERB and SECOND_VERB.match(words, at):
            return at
    return None


def _said_again(words: str, at: int) -> bool:
    """Whether the words from the offset `at` on repeat a word of the title, which is what stands before `at`: their
    first four characters are in the title, and no second verb follows right after them; or, where the four are not in
    it, their first two are, and 要 is among the four characters after these: ('加强水利建设水利建设要全面规划', 6) ->
    True."""
    if words[at : at + AGAIN] in words[:at]:  # not of 加强基础研究和应用基础研究加强数学
        return not SECOND_VERB.match(words, at + AGAIN)
    return words[at : at + 2] in words[:at] and "要" in words[at + 2 : at + 2 + AGAIN]
