"""Lines that name the issuers of a document, and how several names in one line are separated. `Words` are without white
space."""

from extractors import expressions as re
from extractors.document import Document
from extractors.reference.issuers import central_body_at, central_names
from extractors.reference.regions import CHINA
from extractors.vocabulary.stops import CLAUSE_ENDS
from extractors.vocabulary.words import Words

# What the name of a body ends with.
BODY_ENDING = (
    r"(?:人民政府|政府|办公厅|办公室|委员会|管委会|工委|党委|安委会|[省市区县州旗盟]委|委|厅|局|署|部|院|行|总队|支队|中心|办事处"
    r"|领导小组|指挥部|联席会议|联合会|总工会|工会|协会|学会|集团|公司|大学|医院|党组|残联|妇联|科协|文联|工商联|团委|团中央|社|处|站|所|办"
    r"|行署|公署|兵团|调查队|大队|海关|监会|常委会|红十字会|商会|基金会|人民代表大会|军区|军分区|警备区)"
)
# 上海市交通委员会, 中国（上海）自由贸易试验区管理委员会, 上海市水务局（上海市海洋局）
BODY_NAME = re.compile(
    rf"(?!(?:各|有关|关于|现将|根据|按照|抄送|附件|主题|来源|为|经|请|本))(?:中共中央|[\u4e00-\u9fff（）()“”·]{{1,40}}?{BODY_ENDING})"
    rf"(?:[（(][\u4e00-\u9fff]{{2,20}}?{BODY_ENDING}[）)])?"
)
SEAL = re.compile(r"[（(](?:代?章|盖章|印章|公章)[）)]$")
# words that no body's name holds
NO_BODY = re.compile(
    r"关于|印发|通知|规划(?!和|与|国土|自然资源|土地|建设|管理|编制|设计|局|委|院)|方案|工作的|建设的|指导思想|的意见"
    rf"|[{CLAUSE_ENDS}:,]"
)
NAME_SEPARATOR = re.compile(r"[、，,;；]|\s+")
# 中共某市委员会某市人民政府: the party committee and its government, printed without a space
COMMITTEE = re.compile(
    r"(?P<first>(?:中共|中国共产党)[\u4e00-\u9fff]{1,18}?(?:委员会|委)(?:办公厅|办公室)?)(?=(?P<second>[\u4e00-\u9fff]{2,20}?人民政府))"
)
CENTRE = re.compile(r"(?P<first>中共中央(?:办公厅)?)(?=国务院)")
# 某省教育厅某省财政厅: the next name begins as the first one did
BODY_NAME_END = re.compile(
    r"(?:人民政府|办公厅|办公室|委员会|厅|局|部|院|行|署|总队|联合会|总工会|红十字会|残联|妇联|科协|文联|工商联|公司|中心|委)(?=[\u4e00-\u9fff])"
)


def is_body(text: str) -> bool:
    """Whether the text, of 3 to 45 characters without white space, reads as the name of a body, by its ending
    (BODY_ENDING): '泽宁市医疗保障局' -> True, '加强组织领导' -> False. So do two names without a mark between them
    (某省教育厅某省财政厅). Only Chinese characters, round brackets, ” and · may be in it; False where it begins with
    各, 本, 请, 关于 or the like (各区（市）县医疗保障局) or has a word of NO_BODY (印发, 方案). A seal (（章）) may
    follow the name, and a second name in brackets."""
    text = SEAL.sub("", text)
    return 3 <= len(text) <= 45 and NO_BODY.search(text) is None and BODY_NAME.fullmatch(text) is not None


def bodies_of(document: Document, words: Words) -> list[Words] | None:
    """The names of bodies that the words of the `document` consist of, in order and without seals, divided at 、,
    commas, semicolons, the document's white space and where one name ends and another begins (`split_bodies`):
    '市交通委员会、市发展和改革委员会（盖章）' -> two. None where the words are empty or hold anything else."""
    return split_bodies(document.text[words.start : words.end], words) if words.text else None


def split_bodies(printed: str, words: Words) -> list[Words] | None:
    """The names of bodies in a line, in order, seals left out: '市交通委员会、市发展和改革委员会' -> two names; None
    for an empty line and where the line holds anything else.

    `words` are the line without white space; `printed` is the same line with it, because a gap may be all that
    separates two names. Where the pieces between gaps are not all names, only commas, semicolons and 、 separate."""
    found: list[Words] = []
    at = 0
    pieces = [squeezed for piece in NAME_SEPARATOR.split(printed) if (squeezed := re.sub(r"\s+", "", piece))]
    if not all(is_body(piece) for piece in pieces):
        pieces = [piece for piece in re.split(r"[、，,;；]", words.text) if piece]
    for piece in pieces:
        at = words.text.find(piece, at)
        if at < 0 or not is_body(piece):
            return None
        found += _run_together(words.part(at, at + len(SEAL.sub("", piece))))
        at += len(piece)
    return found or None


def _run_together(words: Words) -> list[Words]:
    """The names in words that have several without a comma between them, in order: '中共某市委员会某市人民政府' -> the
    committee and the government, '某省教育厅某省财政厅' -> both departments, '某市教育局和某市财政局' -> both bureaus
    without 和, '民政部国家卫生健康委员会' -> both ministries. Except after a committee before its government, and
    中共中央 before 国务院, the words are divided at the first end of a name (BODY_NAME_END: 政府, 委, 厅, 局, 妇联,
    公司 and the like, not 大学 or 协会) on whose two sides names of bodies stand (`is_body`), and after which comes 和,
    与 or 及, or words of more than four characters that begin with the same two, or a central body, as the one before
    is. Words that are not divided so are returned as one, and so is the whole name of a central body."""
    if first := CENTRE.match(words.text) or COMMITTEE.match(words.text):
        end = first.end("first")
        return [words.part(0, end), *_run_together(words.part(end))]
    central = central_names()
    if central.fullmatch(words.text):
        return [words]  # 国务院国有资产监督管理委员会
    for found in BODY_NAME_END.finditer(words.text):
        at = found.end() + (words.text[found.end()] in "和与及")
        rest = words.text[at:]
        apart = at > found.end() or (len(rest) > 4 and rest[:2] == words.text[:2])
        apart = apart or (central.match(rest) is not None and _is_central(words.text[: found.end()]))
        if apart and is_body(rest) and is_body(words.text[: found.end()]):
            return [words.part(0, found.end()), *_run_together(words.part(at))]
    return [words]


def _is_central(name: str) -> bool:
    """Whether the name is that of a central body, perhaps with its office: '教育部办公厅' -> True."""
    found = central_body_at(name, 0, CHINA)
    return found is not None and found[1] == len(name)
