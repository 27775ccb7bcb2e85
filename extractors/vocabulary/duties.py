"""The words that assign a measure to bodies: labels (牵头单位：, 责任部门, 督办处室) and the verbs of lists
(…牵头，…配合).

A label consists of one act to four, with up to four qualifiers or levels before and after them, and a holder or
several: 市级|牵头|考核|单位, 责任|市直|部门. Some acts and set words are labels also without a holder: 牵头：,
责任分工：. The acts decide its kind, so that most new labels need no new entry, and a new act is one word in
`DUTY_ACTS`. Brackets, labelled lines and headers of tables are all read with this grammar.

Source: action plans, tables of work and appraisal schemes of all levels. Kinds as agreed for the data set: 主管 and
包抓 lead; 督办, 督导, 指导 and 考核 take part; 牵头考核单位 leads because one of its acts does.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from extractors import expressions as re
from extractors.vocabulary.dates import DAY_NUMBER, MONTH_NUMBER, PRINTED_YEAR

# lead: leads the measure. duty: does it. help: does it under another's lead. oversight: presses, guides, checks.
# mixed: those who lead and those who help under one label, who leads first (牵头及配合单位).
# person: a post or a person, no department. scope: 市级：, 其中：, said of the label before. other: any other label.
DutyKind = Literal["lead", "duty", "help", "oversight", "mixed", "person", "scope", "other"]

DUTY_ACTS: dict[DutyKind, tuple[str, ...]] = {
    "lead": (
        *("总牵头", "牵头", "主责", "主办", "主管", "主抓", "包抓", "包保", "包联", "抓总", "领办", "领衔", "总负责"),
        *("主导", "归口管理", "归口"),
        *("第一责任", "主要责任", "首要责任", "首位责任"),
    ),
    "duty": (
        *("责任", "负责", "实施", "落实", "承办", "承担", "承接", "承建", "建设", "完成", "执行", "组织", "推进"),
        *("统筹协调", "组织协调", "统筹", "任务", "办理", "经办", "整改", "分工", "行使"),
    ),
    "help": (
        *(
            "配合",
            "协办",
            "协同",
            "协助",
            "协作",
            "协调",
            "协管",
            "参与",
            "参加",
            "参建",
            "支持",
            "支撑",
            "会办",
            "联办",
            "帮扶",
        ),
        *("会同", "会商", "成员", "保障", "联动"),
    ),
    "oversight": (
        *("督导", "督办", "督查", "督促", "指导", "监督管理", "监督", "监管", "跟踪", "考核", "考评", "评估", "评价"),
        *("验收", "审核", "检查"),
    ),
}
# 牵头：, 配合：, 任务分工：: an act is a label by itself where a colon follows
BARE_ACTS = (
    *("牵头", "主责", "主办", "主管", "主抓", "包抓", "责任", "负责", "实施", "落实", "承办", "分工"),
    *("配合", "协办", "协同", "协助", "参与", "参加", "支持", "督导", "督办", "指导", "监管", "考核"),
)
# 市直, 县级, 省有关, 镇街: whose bodies are meant
WHOSE_BODIES = (
    r"(?:中央|国家|国务院|自治区|[省市县区州旗盟乡镇村部](?:直属?|级|有关|属)?|各级|本级|上级|属地|地方|基层|镇街|街道|乡镇"
    r"|市县|市区|县区|区县)"
)
QUALIFIER = (
    r"(?:主要|共同|具体|直接|联合|相关|有关|其他|其它|首要|第[一二三]|工作|任务|项目|行业|业务|职能|技术|部门|重点|目标|指标|改革|事项"
    r"|措施|内设|机关|直属|各|双|总)"
)
HOLDER = (
    r"(?:单位|部门|处室|科室|股室|司局|局办|委办局|委局|机构|机关|主体|处(?!理)|科(?!技|学)|股(?!份)|方(?![案式法面向针])|镇街|乡镇|街道|县区|区县"
    r"|县[（(]市、区[）)]|市[（(]州[）)]|市县|市州|地区|工作专班|专班|工作组|院系|企业|公司|学院|学校)"
)
PERSON = (
    r"(?:领导(?:同志|人|干部)?|负责人|责任人|联系人|联络员|专员|同志|组长|河长|林长|(?:副)?[省州市县区旗乡镇]长|"
    r"(?:党委|党组)?书记)"
)
# 组织机构, 组织部门, 建设部门：set words, no labels; 责任制 and 责任书 are cut off by the holder
SET_WORDS = r"(?:组织机构|组织部|执法机构|落实主体责任|协调机构|领导机构)"

# The foot of a web page looks like a duty: 主办单位：市教育局 承办单位：市教育信息中心; 主办：泽宁市人民政府
WEB_PAGE_FOOT = re.compile(
    r"[【\[]?主办[^\n]{0,80}\n?[^\n]{0,60}"
    r"(?:网站|版权|备案|ICP|技术支持|维护|网安|标识码|(?:信息|数据|电子政务|网络)[^\n]{0,4}中心)"
    r"|[【\[]?主办[^：:]{0,4}[：:]\s*[^\s，。；、]{0,12}(?:政府|政府办公[厅室])\s*$"
)


def _any(words: tuple[str, ...] | list[str]) -> str:
    """A regular expression for any of the words, the longest of which are tried first."""
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


ACT = _any([word for words in DUTY_ACTS.values() for word in words])
SEVERAL_ACTS = rf"{ACT}(?:(?:以及|[和与及、/（(])?{ACT}[）)]?){{0,3}}"
_QUALIFIED = rf"(?:{WHOSE_BODIES}|{QUALIFIER}){{0,4}}"
# 市级牵头考核单位, 责任市直单位, 牵头单位（部门）, 责任部门和单位, 责任单位及责任人
WITH_HOLDER = (
    rf"(?!{SET_WORDS}){_QUALIFIED}{SEVERAL_ACTS}{_QUALIFIED}{HOLDER}"
    rf"(?:[和与及或、/]?{HOLDER}|[（(/]{HOLDER}[）)]?){{0,2}}"
    r"(?:[和与及、](?:分工|责任人|职责|联系人|完成时限|时限))?"
)
# 责任分工, 任务分工, 牵头负责：
WITHOUT_HOLDER = rf"(?:{WHOSE_BODIES}|{QUALIFIER}|职责){{0,2}}(?:责任分工|{_any(BARE_ACTS)}(?:负责|落实|实施)?)"
# 牵头领导, 分管副县长, 责任处室负责人, 责任人
_OF_WHOM = rf"(?:{WHOSE_BODIES}|{QUALIFIER}|{ACT}|{HOLDER}|分管|挂联|挂钩|挂点|联系|党政)"
OF_PERSON = rf"(?:{_OF_WHOM}{{1,4}}{PERSON}|{PERSON}|(?:{ACT}|联系|挂钩)人)"
# 市级：, 其中：
SCOPE_LABEL = rf"(?:{WHOSE_BODIES}{{1,2}}|其中)"
COLON = r"[：:∶]"
# （列第一位的为牵头单位） directly after a label
LABEL_REMARK = r"(?:[（(][^（）()\n]{1,30}[）)])?"
# A label stands at the start of something: after a mark, a blank, a date, a body's name.
LABEL_START = r"(?:(?<![\u4e00-\u9fff])|(?<=[年月日前底局委厅办府]))"
# 牵头单位：, 【责任单位】, 责任单位为市教育局, 责任单位 市教育局, whose blank may be lost;
# what follows a label with a holder, and one without
_IS, _OF_PLACE = "[为是有]|包括", "[国省市县区州旗各中]"  # 责任单位|为|市教育局, and what a body's name begins with
_LABEL_CLOSING = rf"(?(open)[】\]］〕](?![ \t　]*[、，,；;。）)])[ \t　]*(?:{COLON}[ \t　]*)?|(?!))"
_AFTER_HOLDER = (
    rf"{LABEL_REMARK}(?:{_LABEL_CLOSING}|(?:{_IS})?[ \t　]*{COLON}[ \t　]*"
    rf"|[ \t　]*[—－-]{{1,2}}[ \t　]*|(?:{_IS}|[ \t　]+)(?={_OF_PLACE})"
    r"|(?=[省市县区州旗][\u4e00-\u9fff]{1,10}[局委办厅部院]))"
)
_AFTER_WORD = rf"(?:{_LABEL_CLOSING}|[ \t　]*{COLON}[ \t　]*)"
# What each label begins with, and what a label without a holder is as a whole: both are looked for first, because few
# places of a text have them.
_BEGINS = r"(?=[【\[［〔]?[\u4e00-\u9fff]{2})"
_WORD_AHEAD = rf"(?=[\u4e00-\u9fff（(、）)]{{2,80}}+[】\]］〕 \t　{COLON[1:-1]}])"
DUTY_LABEL = re.compile(
    rf"{LABEL_START}{_BEGINS}(?P<open>[【\[［〔])?(?:(?P<act>{WITH_HOLDER}){_AFTER_HOLDER}"
    rf"|{_WORD_AHEAD}(?:(?P<bare>{WITHOUT_HOLDER})|(?P<person>{OF_PERSON})|(?P<scope>{SCOPE_LABEL})"
    rf"|(?P<other>[\u4e00-\u9fff]{{2,14}}+)){_AFTER_WORD})"
)
WHOLE_LINE = re.compile(r"[^\n]+")
# One of these is after every label, so that most lines need not be searched: a mark, 为 before a body, a body that
# follows on the holder at once.
MARK = re.compile(rf"[】\]］〕 \t　—－{COLON[1:-1]}-]")
IS_BODY = re.compile(rf"(?:{_IS}){_OF_PLACE}")
OF_BODY = re.compile(r"[位门室股局办构关体处科方镇乡道区县州市班组系业司院校)）][省市县区州旗]")
# 牵 头 单 位：, 责任 单位：: a label that blanks stretch to the width of the others
_STRETCHED = re.compile(
    r"(?<![\u4e00-\u9fff])[【\[［〔]?(?:[\u4e00-\u9fff]{1,2}[ \t　]{1,4}){1,7}[\u4e00-\u9fff]{1,2}[ \t　]{0,4}"
    rf"(?:[】\]］〕][ \t　]{{0,4}}{COLON}?|{COLON})"
)
# A duty label at the start of a line, without groups: for rules that only ask whether a line is one.
_LABEL_LINE_END = rf"(?:[】\]］〕]|(?:包括|有|为|是)?[ \t　]*{COLON})"
LINE_LABEL = rf"(?:[【\[［〔]?{WITH_HOLDER}{LABEL_REMARK}{_LABEL_LINE_END}|(?:牵头|配合|责任|负责){COLON})"
# 完成时限：, 时间节点：, 进度安排：: the label of a measure's time, on a line of its own beside those of its bodies
_OF_TIME = r"(?:完成|推进|实施|整改|办理|计划|目标)?(?:时限|时间(?!表)|期限|时间节点|进度安排|时间安排)(?:要求)?"
TIME_LABEL_LINE = rf"{_OF_TIME}{COLON}"
# 监测预警|责任单位, 6月底前|牵头单位: a label that other words run into, as is 市水利局|配合, whose blank is lost
_LABEL_TAIL = re.compile(rf"{ACT}{{1,3}}{HOLDER}$|(?<=[局委厅办府]){_any(BARE_ACTS)}$")
# 县财政局|完成时间, 县财政局|责任人: the label of a time or person behind a body, whose blank is lost
_END_OF_BODIES = re.compile(rf"(?<=[局委厅办府])(?:{_OF_TIME}|(?P<person>{OF_PERSON}))$")
# 信息公开责任部门: who answers for a web page
_OF_THE_DOCUMENT = re.compile(r"公开|发布|起草|编制|制定|印发|填报|报送|申报|解读|技术支持")
_ACTS_OF = {kind: re.compile(_any(words)) for kind, words in DUTY_ACTS.items()}
_HEADER_LABEL = re.compile(rf"(?:{WITH_HOLDER}|{WITHOUT_HOLDER})(?:及分工)?")
_HEADER_REMARK = re.compile(r"[（(][^（）()]*[）)]$")


class Label(NamedTuple):
    """A label in a text: `start:end` includes its brackets, a remark in brackets after it, and the colon, or the dash,
    为 or blank in its place, if any; `name` is the label without them, `kind` what it says of the names after it."""

    start: int
    end: int
    name: str
    kind: DutyKind

    @property
    def gives_duty(self) -> bool:
        """Whether the label gives the bodies named after it a part in the measure: True for 责任单位, False for
        联系人."""
        return self.kind in ("lead", "duty", "help", "oversight", "mixed")


@lru_cache(maxsize=4096)
def kind_of(name: str) -> DutyKind:
    """The kind of a duty label, given without its colon, or of an act alone, by its acts: '牵头考核单位' -> lead,
    '配合责任单位' -> help, '督导单位' -> oversight, '责任单位' -> duty.

    It is mixed where one of its acts (DUTY_ACTS) leads and one helps (牵头及配合单位), else lead where one leads, help
    where one helps, oversight where one oversees; else duty, also for a text without any act. The 协调 in 统筹协调 and
    组织协调 is no help.
    """
    acts = re.sub("(统筹|组织)协调", r"\1", name)  # 协调 by itself helps
    kinds = {kind for kind, pattern in _ACTS_OF.items() if pattern.search(acts)}
    if "lead" in kinds:
        return "mixed" if "help" in kinds else "lead"
    if "help" in kinds:
        return "help"
    return "oversight" if "oversight" in kinds else "duty"


def _labels(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], re.Match[str]]]:
    """The matches of DUTY_LABEL in `text[start:end]`, from left to right, each within one line, with their spans in
    `text`. A label that blanks stretch (牵 头 单 位：) is matched without its blanks, so that the offsets of the match
    are not those of the text, and no label inside it counts (单位： of 牵头 单位：). Lines without any of the marks
    that follow a label (MARK, IS_BODY, OF_BODY) are passed over."""
    for line in WHOLE_LINE.finditer(text, start, end):
        first, last = line.span()
        if not (
            MARK.search(text, first, last) or IS_BODY.search(text, first, last) or OF_BODY.search(text, first, last)
        ):
            continue
        stretched = [
            (each.span(), label)
            for each in _STRETCHED.finditer(text, first, last)
            if (label := DUTY_LABEL.fullmatch("".join(each[0].split()))) and label["other"] is None
        ]
        plain = [
            (label.span(), label)
            for label in DUTY_LABEL.finditer(text, first, last)
            if not any(a < label.end() and label.start() < b for (a, b), _ in stretched)
        ]
        yield from sorted([*stretched, *plain], key=lambda each: each[0])


def labels(text: str, start: int, end: int) -> Iterator[Label]:
    """The labels in `text[start:end]`, from left to right, each within one line; offsets are those in `text`. The kind
    of a label of duty is that of its acts (`kind_of`); the others are person (责任人：) and other (完成时限：), which
    end the list of bodies before them, and scope (市级：), after which it goes on. The `name` of a label that blanks
    stretch (牵 头 单 位：) is without the blanks; of one of the kind other that blanks stretch at most what follows
    the last blank is found (时限： of 完成 时限：, nothing of 完 成 时 限：).

    Of a label that is "other" but ends, after further words, with an act and its holder (监测预警|责任单位：) or with
    an act right after 局, 委, 厅, 办 or 府 (市水利局|配合：), only this end is the label, of duty. Not where the label
    has a word for the document itself (信息公开责任部门) or the end is a set word (组织机构): these stay other. So is
    the end alone the label where it names a time or a person right after 局 or the like (县财政局|完成时间：).
    """
    for span, found in _labels(text, start, end):
        if found["act"] or found["bare"]:
            name = found["act"] or found["bare"]
            yield Label(*span, name, kind_of(name))
        elif found["person"]:
            yield Label(*span, found["person"], "person")
        elif found["scope"]:
            yield Label(*span, found["scope"], "scope")
        else:
            name = found["other"]
            tail = None if _OF_THE_DOCUMENT.search(name) else _LABEL_TAIL.search(name)
            if tail and tail.start() and not re.match(SET_WORDS, tail[0]):
                yield Label(found.start("other") + tail.start(), found.end(), tail[0], kind_of(tail[0]))
            elif behind := _END_OF_BODIES.search(name):
                kind: DutyKind = "person" if behind["person"] else "other"
                yield Label(found.start("other") + behind.start(), found.end(), behind[0], kind)
            else:
                yield Label(*span, name, "other")


def head_kind(head: str) -> DutyKind | None:
    """The kind of a table's column by its header: '牵头单位' -> lead, '责任单位（列首位的牵头）' -> duty; white space
    in the header and one bracket at its end do not count. None for columns that name no bodies with a part in a
    measure, such as 监测单位, 申报单位, 责任人, for a label with a colon, and for several joined labels with holders
    (牵头单位和责任单位)."""
    name = "".join(head.split())
    if _HEADER_LABEL.fullmatch(name):
        return kind_of(name)
    if not name.endswith(("）", ")")):
        return None
    name = _HEADER_REMARK.sub("", name)
    return kind_of(name) if _HEADER_LABEL.fullmatch(name) else None


# The verbs of lists without labels: （市教委牵头，市财政局、市人社局按职责分工配合）.
# how: 按职责分工, 分别, 共同
HOW = (
    r"(?:根据|依据|依照|按照?|依)(?:各自|有关|部门|法定|相应)?(?:工作)?(?:职责|职能|分工|任务|权限)(?:分工|任务|和分工)?|"
    r"各自|各负其责|分工|职责|分别|分头|共同|联合|具体|统一|统筹|主要|认真|切实|抓好|做好|积极|一并|同步|总体|综合|密切|全程|予以|依法|进一步|结合实际|要|应"
)
LEAD_VERB = (
    r"牵头负责|牵头组织实施|牵头组织|牵头推进|牵头落实|牵头实施|总牵头|牵头抓总|为牵头(?:单位|部门)|牵头|"
    r"主办|主抓|负主责|主责|负总责|抓总|包抓|归口管理"
)
DUTY_VERB = (
    r"为(?:主要)?责任(?:单位|部门|主体)|组织实施|负责落实|负责实施|负责推进|负责|组织落实|贯彻落实|"
    r"抓好?落实|落实|实施|承担|承办|推进|执行|组织|完成|办理|推动"
)
HELP_VERB = (
    r"为(?:配合|协办|参与|成员)(?:单位|部门)|参与配合|配合落实|配合做好|组织(?:配合|协助|参与)|配合|"
    r"参与|参加|协助|协同|协办|支持|指导|协调|监督|督促|会办"
)
# 督办 and 考核 after the end of a body's name; 市场|监管 is a name
OVERSIGHT_VERB = r"(?<=[局委部厅办署院府会队站所社处科联行门位])(?:督导考核|监督检查|督导|督办|督查|监管|考核|验收)"
LIST_VERB = re.compile(
    rf"(?:{HOW}|，)*(?:(?P<lead>{LEAD_VERB})|(?P<oversight>{OVERSIGHT_VERB})|(?P<help>{HELP_VERB})|(?P<duty>{DUTY_VERB}))"
    rf"(?:{HOW}|工作|到位|实施|落实|推进|落实工作)*$"
)
# (市教委)负责学校建设
VERB_WITH_OBJECT = re.compile(
    r"[^，。；]{2,24}?(?P<verb>(?P<lead>牵头)|(?P<duty>负责)(?!人(?![才口工员民文均居大防力])|同)|(?P<help>配合|参与|协助))[^，。；]{2,40}"
)
# 牵头县住建局，|配合县|财政局, 牵头县住建局，|配合单位：: the label of the next bodies, with a colon or without
NEXT_LABEL = re.compile(rf"{ACT}{HOLDER}?(?:[省市县区州旗]|{COLON})")
# 市教育局|（牵头）, 市财政局|（配合单位）: the part of one body of a list, in a bracket after its name
OWN_PART = re.compile(rf"[（(〔［\[【](?P<act>{ACT})(?:单位|部门)?[）)〕］\]】]$")

# A牵头、|B配合: a verb that ends the part of one body, so that 、 divides as a comma does
VERB_OF_PART = re.compile(rf"(?:{LEAD_VERB}|负责|配合|参与|协助|协办)$")

# What a list of bodies says of the measure as a whole: when it is done, or that it goes on.
# 2024年底前完成, 2023—2025年, 6月底前, 每年12月, 三季度, “十四五”期间
_TIME = (
    rf"(?:(?:{PRINTED_YEAR}|[本今明当每全])年度?|[“\"]?十[四五六七]五[”\"]?|年)?(?:第?[一二三四1-4]季度|[上下]半年|{MONTH_NUMBER}月份?)?"
    rf"(?:{DAY_NUMBER}日|[上中下]旬)?年?(?:[底末初]|期间)?(?:以|之)?[前起内]?"
)
_REST_OF_MEASURE = r"[^，,。；;、\s局委办厅：:]{0,14}"
MEASURE_TIME = (
    rf"(?:(?:力争|确保|争取|计划|拟|于|到)*(?=[^，。；、]{{0,12}}[年月季旬日期]){_TIME}(?:[-－—–~～至到]{{1,2}}{_TIME})?{_REST_OF_MEASURE}"
    rf"|(?:持续|长期|常态化?|逐年|全程|有序|稳步|加快|扎实|深入|分步|分年|按时|按期|按要求|按计划|按进度|适时|滚动|贯穿|立即|即知|即行|立行|动态|坚持|已(?!建成|投|开工|挂牌|设))"
    rf"{_REST_OF_MEASURE})"
)
# 完成时限：, 责任人：: labels that may follow the bodies of a list
BEHIND_BODIES = re.compile(r"时限|时间|期限|节点|进度|责任|负责|分管|牵头")

# What a document says once for all its lists.
# 列第一位者为牵头单位，下同
FIRST_LEADS = re.compile(
    r"(?:第一位|首位|第一个|首个|第一家|排名第一|列第一|排第一|排在第一|最前面?)[^。；，）\n]{0,8}(?:为|是|系)[^。；，）\n]{0,4}"
    r"(?:牵头|主责|主办|主要责任|第一责任)"
    r"|牵头(?:单位|部门)[^。；，）\n]{0,6}(?:列|排|放)[^。；）\n]{0,4}(?:首位|第一|最前)"
)
# 标★的为牵头单位
MARK_LEADS = re.compile(r"(?:标|加|带|注|打)[^。；）\n]{0,6}(?P<mark>[*＊★☆▲△●◆※])[^。；）\n]{0,10}牵头")
