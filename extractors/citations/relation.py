"""What a plan has to do with a document that it names, by the verb that governs the name and the place in the plan."""

from dataclasses import dataclass
from typing import Literal

from extractors import expressions as re
from extractors.vocabulary.dates import CALENDAR_YEAR
from ontology.model.facts import Relation

# What a part of the plan does: front makes the plan (notice, preface, guiding thought), back looks back, forward
# sets goals and tasks; open is anything else.
Zone = Literal["front", "back", "forward", "open"]

# Stands for another cited document, and for the plan itself, in the words around a document.
OTHER_DOCUMENT, PLAN_ITSELF = "◇", "◆"

# 根据◇, 深入贯彻落实◇: verbs that rest on a document or carry it out
HARD = (
    r"根据|依据|依照|按照|遵照|遵循|参照|参考|借鉴|履行|对照|对标|结合|衔接|承接|对接|依托|立足|符合|遵守|恪守|严守|达到|满足|细化|践行|推行"
    r"|(?:学习)?(?:宣传)?贯彻(?:落实|执行|实施)?|落实|执行(?!情况)"
    r"|实施(?!意见|方案|细则|办法|条例|计划|规划|纲要|主体)"
    r"|依(?![托法规靠次据照然旧存])|按(?![照时月年期需比质劳类季日量人规要程标揭])"
)
# 推进◇: verbs that carry a document out, unless making it is what follows (推进◇立法)
SOFT = r"推进|推动|加快|抓好|做好|抓紧|用好|用足|围绕|聚焦|紧扣|开展|启动|完成|组织"
# 制定◇, 出台◇, 印发实施◇: verbs that make a document
ISSUE = (
    r"(?:制定|制订|制修订|制发|出台|印发|编制|编写|编印|编修|编撰|修编|颁布|颁发|发布|公布|下发|修订|修改|修正|起草|拟定|拟订"
    r"|草拟|订立|签订|签署|审议通过|转发|报批|批准|批复|研究提出|建立健全|健全|完善|优化|调整)"
    r"(?:和|并|、)?(?:组织)?(?:实施|施行|执行|完善|出台|印发|颁布|发布|完成)?"
)
# 提出◇: verbs that make a document only if the text says whose it is
MEND = r"建立|形成|提出|设立|配套|推出|通过"
# 列入◇: verbs that take no stand
NEUTRAL = (
    r"纳入|列入|写入|载入|入选|收录|加入|参加|荣?获得?|宣传|解读|明确|指出|强调|要求|见|参见|详见|适用|替代|取代"
    r"|废止|停止执行|总结|评估|回顾"
)
CITING_VERB = re.compile(
    rf"(?P<hard>{HARD})|(?P<soft>{SOFT})|(?P<issue>{ISSUE})|(?P<mend>{MEND})|(?P<neutral>{NEUTRAL})"
)
PLAN_KIND = (
    r"(?:规划|方案|计划|意见|办法|纲要|行动|实施|专项|细则|通知|措施|要点|指导|指南|制度|目录|规定|条例|政策|清单|标准"
    r"|预案|若干)"
)
MAKE = r"(?:制定|制订|编制|编写|拟定|拟订|形成|提出|出台|起草)了?"
# 特制定本规划, 制定◆, 编制依据: in any part of the plan
MAKING = re.compile(
    rf"{MAKE}[^。，；]{{0,30}}?(?:[本此该]{PLAN_KIND}|◆)|◆[^。，；]{{0,6}}(?:编制|制定)|(?:编制|规划|制定)的?(?:重要|主要)?依据"
)
# 制定全市“十四五”规划。, 现提出如下意见, 现就有关事项通知如下, 本规划旨在◇: in the parts that make the plan
MAKING_IN_FRONT = re.compile(
    rf"{MAKE}[^。；，]{{0,40}}?{PLAN_KIND}[。，；]?$"
    rf"|{MAKE}[^。；，]{{0,10}}(?:如下|以下)|(?:现|特|将|就)[^。]{{0,60}}如下"
    rf"|[本此该]{PLAN_KIND}{{1,2}}[^。，；]{{0,6}}?(?:是|以|旨在|将|根据|依据|按照|依照|结合|编制|落实|贯彻|为|与)"
)
# 请各单位对照◇，抓好落实: what a notice asks for is no ground of the plan
ASKED = re.compile(r"(?:^|[，；])请[^。]*$")
# 参与制定◇: a document that others make
OTHERS_MAKE = re.compile(r"(?:参与|配合|协助|争取|呼吁|建议)(?:国家|省|市|有关部门|上级)?(?:研究)?$")
# 制定◇实施细则: what is made is another document, which applies this one
MADE_FOR = re.compile(
    r"(?:◇|[、和及与]|以及)*的?(?:贯彻)?(?:实施(?:方案|细则|意见|办法|规定)|落实方案|配套|任务(?:清单|分解|分工)|分工方案|责任清单"
    r"|重点任务|年度(?:计划|实施)|宣传|[^，。；等]{0,6}(?:机制|体系))"
)
# after the document: others of the list, and how the list ends (等政策的)
LIST_END = r"(?:◇|[、和及与]|以及)*(?:等[^。，；]{0,16}?)?"
# 是编制 | ◇的依据: what rests on the plan
GROUND_OF = re.compile(rf"{LIST_END}的[^。，；]{{0,6}}(?:依据|基础|遵循|前提)")
# 以◇为总纲领
WITH_BEFORE = re.compile(r"以(?:[^。；，◇]{0,16}◇?[、和及与]?){1,4}$")
GUIDE_AFTER = re.compile(
    r"[^。；，◇]{0,8}(?:◇[^。；，◇]{0,12}){0,6}(?:为|作为)[^。，；]{0,6}(?:上位|纲领|总纲|纲|依据|指导|引领|统领|遵循|指引|基础"
    r"|根本|准绳|契机|抓手|牵引|蓝本|主线|标准|导向|重点|目标|载体|核心|准则|参考)"
)
# ◇的贯彻落实, ◇落地见效, ◇各项任务落实
THEN_APPLY = re.compile(
    rf"{LIST_END}(?:的|各项|相关|有关|任务|要求|规定|政策|措施|精神|内容|目标|全面|深入|有效|顺利|真正|尽快|加快|认真|严格|组织"
    r"|学习|宣传)*"
    r"(?:贯彻|落实|落地|执行|实施|施行)"
)
# ◇颁布实施, ◇等政策相继出台, ◇立法
THEN_ISSUE = re.compile(
    rf"{LIST_END}(?:的|进行|于?{CALENDAR_YEAR}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?|已|经|相继|先后|陆续|正式|正在|顺利|即将|成功|全面|率先|编制|由|获|我?[省市县区州](?:委|人民政府|政府|人大常委会|人大)?|[、])*"
    r"(?P<verb>颁布|颁发|出台|印发|发布|公布|获批|批准|(?<!的)批复|审议通过|通过|编制|修编|修订|修改|制定|制订|立法|起草|报批|调整|前期(?:研究|工作))"
)
# 将 | ◇确定的任务落实到地块
TAKING_BEFORE = re.compile(r"[将把]$")
THEN_CARRIED_OUT = re.compile(
    rf"{LIST_END}(?:所)?(?:确定|明确|提出|规定|部署|安排|下达)的[^。；]{{2,60}}?(?:落实|分解|纳入|落到|细化|贯彻)"
)
# 在 | ◇基础上; not 在总结◇的基础上
IN_BEFORE = re.compile(r"在(?![^。；，◇]{0,8}(?:总结|评估|回顾))(?:[^。；，◇]{0,16}◇?[、和及与]?){0,4}$")
FRAME_AFTER = re.compile(r"(?:◇|[、和及与])*(?:等[^。，；]{0,16}?)?的?(?:基础上|框架下|框架内|指导下|指引下)")
# 等文件精神, 的要求, 相衔接
SPIRIT_AFTER = re.compile(
    rf"{LIST_END}[^。，；]{{0,10}}?(?:精神|要求|规定|部署|安排|文件|战略|目标|任务|法律法规|思路|依据|遵循)"
    rf"|{LIST_END}相?(?:衔接|承接|协调|适应|一致)"
)
# 本规划是 | ◇在水利领域的细化和延伸
IS_BEFORE = re.compile(r"(?:[本此该◆]|规划|方案|计划)[^。；，◇]{0,12}是(?:对|为)?(?:◇|[、和及与])*$")
DETAIL_AFTER = re.compile(
    r"(?:◇|[、和及与])*[^。；，◇]{0,24}?的?(?:进一步|全面|重要)?(?:细化|具体化|深化|延伸|延续|具体落实|分解落实)"
)
# 与 | ◇相衔接: no other verb of the sentence governs it
IN_STEP = re.compile(rf"{LIST_END}(?:进行)?(?:相互?|充分|有效|有机|做好)?了?(?:衔接|承接|协调|适应|一致)")
# 开展◇宣传, ◇评估: what carries nothing out
THEN_TALK = re.compile(
    rf"{LIST_END}的?(?:实施情况)?(?:宣传(?!贯彻)|宣讲|解读|培训|中期评估|总结评估|评估|进(?:校园|社区|企业|农村|机关))"
)
# 近年来, 先后, 取得了
LOOKING_BACK = re.compile(rf"以来|年来|先后|相继|陆续|过去|取得|累计|圆满|(?:^|，){CALENDAR_YEAR}年(?![底末前])")
REPEALED_AFTER = re.compile(rf"{LIST_END}[^。，；]{{0,12}}?(?:废止|停止执行|失效|不再执行)")
# 评价依据：◇, 测算方法参照◇: what a value is measured or judged by is no ground of the plan
MEASURED_BY = re.compile(
    r"(?:评价|评定|评判|评估|测算|计算|核算|考核|考评|统计|判定|监测|取值|打分|计分)(?:的)?(?:主要)?(?:依据|来源|(?:标准|口径|方法)(?=[为是依参按见：:]))"
    r"(?:为|是|依据|参照|参考|按照?|见)?[：:]?(?:◇|[、和及与])*$|(?:数据|资料)(?:来源|出处)(?:为|是|于)?[：:]?(?:◇|[、和及与])*$"
)
# what stands between a verb and its document: 制定了◇, 印发的◇
DESCRIBING = re.compile(r"(?:实施|执行|施行)?(?:了|过)?的")
# 国务院办公厅关于 | 印发◇: the verb is one of the document's title, as long as another one governs it
PART_OF_TITLE = re.compile(r"[\u4e00-\u9fff]关于$")
# 根据 | 习近平总书记重要讲话精神，◇要求: what a speech or a meeting set, as the first of a list of grounds; not
# …精神，◇明确提出, where the document begins a clause
FIRST_OF_LIST = re.compile(
    r"(?P<hard>根据|依据|依照|按照|遵照|(?:学习)?(?:宣传)?贯彻(?:落实|执行|实施)?|落实)"
    r"(?=[^。，；：◇◆]{2,60}(?:精神|指示|批示|部署|决策|要求|论述|安排)[，、](?:◇|[、和及与]|以及)*$)"
)
GROUNDS_GO_ON = re.compile(
    r"(?:◇|[、和及与]|以及)*(?:等?(?:文件|规定|法律法规|政策)*(?:的|相关|有关)*(?:精神|要求|部署|规定|安排|通知)[，。；]?"
    r"|等?(?:文件|法律法规|规定|政策)?[，；]|$)"
)
# 是指 | 根据◇规定的: how a word is defined is no ground of the plan
DEFINED = re.compile(r"(?:(?:^|[，；：])|[是系均]|主要|特)指(?![导示标引南出向定数挥战])(?:的是)?[^。；◇◆]{0,30}$")
# 国务院办公厅转发国家发展改革委◇: the verb belongs to the document's author
AUTHORED = re.compile(
    r"[\u4e00-\u9fff、]{2,40}(?:部|委|局|厅|委员会|办公厅|办公室)(?:等[^，、]{0,8})?(?:制定|制订|编制)?的?$"
)


@dataclass(frozen=True, slots=True)
class CitationContext:
    """The sentence around a cited document: the words before it (`left`) and after it (`right`), with other documents
    replaced by ◇ and the plan by ◆.

    `zone` says what the part of the plan does in which the document stands: 'front' (it draws up the plan), 'back' (it
    looks back), 'forward' (it sets goals and work) or 'open' (anything else). `ours` says whether the plan's own region
    issued the document, None where the text does not tell. `past` says that the sentence is about the time before the
    plan's period.
    """

    left: str
    right: str
    zone: Zone
    ours: bool | None
    past: bool = False


@dataclass(frozen=True, slots=True)
class RelationVerdict:
    """The relation of the plan to a document, and the words that decided it: `start:end` of `CitationContext.left`,
    or of its `right` where `after` is true; 0:0 where no words did."""

    relation: Relation
    start: int = 0
    end: int = 0
    after: bool = False


def relation_of(place: CitationContext) -> RelationVerdict:
    """The relation of the plan to a document, by the sentence around it (`place`), with the words that decided it. The
    verb of the document is the one that governs it (`governing_verb`), one of resting on a speech or a meeting that is
    the first of a list of grounds (FIRST_OF_LIST: 根据重要讲话精神，◇), or words of guidance around it
    (`guiding_words`) where no verb stands after these. The first that applies:

    - mentions before 废止 and the like, and after words for what a value is measured by (MEASURED_BY);
    - after 与 or 同 and before 相衔接 or the like: basis where `basis_relation` says so, else mentions;
    - with a verb of drafting (制定, 提出): `drafting_relation`;
    - before a verb of issuing (◇颁布实施), with a verb such as 推进 ("soft"), words of guidance or none of these:
      issued where the plan's own region issued it or that is open; where another did (`ours` is False), mentions with a
      "soft" verb, else the next rule;
    - `basis_relation`, `implementing_relation`, else mentions.
    """
    if REPEALED_AFTER.match(place.right):
        return RelationVerdict("mentions")
    if measured := MEASURED_BY.search(place.left):
        return RelationVerdict("mentions", *measured.span())
    if place.left.endswith(("与", "同")) and IN_STEP.match(place.right):
        return basis_relation(place, None) or RelationVerdict("mentions")
    verb = governing_verb(place.left)
    if verb is None and GROUNDS_GO_ON.match(place.right):
        verb = FIRST_OF_LIST.search(place.left)
    framed = guiding_words(place)
    if framed and (verb is None or verb.end() <= framed.start()):
        verb = framed
    kind = verb.lastgroup if verb else None
    if verb and kind in ("issue", "mend"):
        return drafting_relation(place, verb)
    then_issued = THEN_ISSUE.match(place.right)
    if then_issued and kind in (None, "soft") and place.ours is not False:
        return RelationVerdict("issued", *then_issued.span("verb"), after=True)
    if then_issued and kind == "soft":  # 配合省做好◇修订工作
        return RelationVerdict("mentions")
    return basis_relation(place, verb) or implementing_relation(place, verb) or RelationVerdict("mentions")


def drafting_relation(place: CitationContext, verb: re.Match[str]) -> RelationVerdict:
    """The relation to a document after a verb of drafting, which is `verb`, found in `place.left`. The first that
    applies:

    - mentions, where the verb's object is what rests on the document (编制|◇的依据);
    - where the verb's object is what applies this document (制定|◇实施细则, ◇配套…, ◇…机制: MADE_FOR): implements in a
      part that sets goals and work ("forward"), else mentions;
    - mentions, where words say that others make it (参与|制定◇);
    - issued, where the plan's own region issued it: `place.ours` is True, or it is None and the verb is one of issuing
      (ISSUE);
    - else mentions.
    """
    if GROUND_OF.match(place.right):
        return RelationVerdict("mentions")
    if MADE_FOR.match(place.right):
        return RelationVerdict("implements", *verb.span()) if place.zone == "forward" else RelationVerdict("mentions")
    ours = place.ours or (place.ours is None and verb.lastgroup == "issue")
    if not ours or OTHERS_MAKE.search(place.left[: verb.start()]):
        return RelationVerdict("mentions")
    return RelationVerdict("issued", *verb.span())


def basis_relation(place: CitationContext, verb: re.Match[str] | None) -> RelationVerdict | None:
    """The relation `basis` where the plan was drawn up according to the document; None where neither its sentence
    (`place`) nor the part of the plan says so. `verb` is the match in `place.left` of the verb whose object the
    document is, None without one. The words that decide are

    - the verb, where the sentence is about drawing up the plan (特制定本规划), or stands in a part that makes the plan,
      does not look back and asks others for nothing, but not where it says how a word is defined (DEFINED: 是指根据◇);
    - those after the document (◇精神, ◇相衔接), where the sentence is about drawing up the plan;
    - 本规划是 and what follows the document to 细化 or the like, in a part that makes the plan (本规划是◇的细化).
    """
    sentence = f"{place.left}{OTHER_DOCUMENT}{place.right}"
    making = MAKING.search(sentence) or (place.zone == "front" and MAKING_IN_FRONT.search(sentence))
    if verb and DEFINED.search(place.left[: verb.start()]):
        return None
    if verb and (
        making or (place.zone == "front" and not looks_back(place, sentence) and not ASKED.search(place.left))
    ):
        return RelationVerdict("basis", *verb.span())
    if making and (spirit := SPIRIT_AFTER.match(place.right)):
        return RelationVerdict("basis", *spirit.span(), after=True)
    if place.zone == "front" and IS_BEFORE.search(place.left) and (detail := DETAIL_AFTER.match(place.right)):
        return RelationVerdict("basis", *detail.span(), after=True)
    return None


def implementing_relation(place: CitationContext, verb: re.Match[str] | None) -> RelationVerdict | None:
    """The relation `implements` where a measure of the plan applies the document (落实◇ in a chapter of tasks), else
    None. `place` is its sentence, `verb` the match in `place.left` of the verb whose object the document is, None
    without one.

    None in a part that makes the plan or looks back; in an open part where the sentence looks back; and where the
    document is only spoken about (◇宣传, ◇评估), with no verb or one such as 开展. Elsewhere the words that decide are
    the first of these, None without any: the verb (but not the words of guidance 在◇基础上); those in
    将|◇确定的任务落实; those in ◇的贯彻落实.
    """
    if place.zone not in ("forward", "open"):
        return None
    if place.zone == "open" and looks_back(place, f"{place.left}{OTHER_DOCUMENT}{place.right}"):
        return None
    if THEN_TALK.match(place.right) and (verb is None or verb.lastgroup == "soft"):
        return None
    if verb and not IN_BEFORE.match(verb[0]):
        return RelationVerdict("implements", *verb.span())
    if TAKING_BEFORE.search(place.left) and (then := THEN_CARRIED_OUT.match(place.right)):
        return RelationVerdict("implements", *then.span(), after=True)
    if then := THEN_APPLY.match(place.right):
        return RelationVerdict("implements", *then.span(), after=True)
    return None


def governing_verb(left: str) -> re.Match[str] | None:
    """The verb whose object the document is, among the words before the document (`left`), as a match whose `lastgroup`
    is the verb's kind: "hard" (落实, 根据), "soft" (推进), "issue" (制定, 印发) or "mend" (提出, 建立). '根据◇、' ->
    根据, '实施我市出台的' -> 实施. It is the last verb that reaches the document (`is_object`). None without one, and
    where that is a verb that takes no stand (纳入).

    A verb of drafting ("issue", "mend") that only describes the document (市政府印发的◇), or is one of its title
    (市政府关于印发◇的通知), gives way to the next one before it that is not of drafting; the last such verb counts
    where there is none. One that belongs to the document's author (国务院办公厅转发国家发展改革委◇) does not count.
    """
    described: re.Match[str] | None = None
    for verb in reversed([m for m in CITING_VERB.finditer(left) if is_object(left[m.end() :])]):
        between = left[verb.end() :]
        if verb.lastgroup in ("issue", "mend"):
            if AUTHORED.match(between):
                continue
            if described is not None or DESCRIBING.match(between) or PART_OF_TITLE.search(left[: verb.start()]):
                described = described or verb
                continue
        return None if verb.lastgroup == "neutral" else verb
    return described


def is_object(between: str) -> bool:
    """Whether `between`, the words from a verb to the document, leave the document as the verb's object: at most 60
    characters, not counting ◇ for other documents, and no comma, semicolon or colon (实施|我市出台的|◇); or several
    clauses, where a clause before the last has another document, or those before the last have at most 12 characters
    and end with a colon, so that a list follows (包括以下文件：)."""
    clauses = re.split(r"[，；：]", between)
    if len(clauses) == 1:
        return len(between.replace(OTHER_DOCUMENT, "")) <= 60
    head = between[: -len(clauses[-1])] if clauses[-1] else between
    return OTHER_DOCUMENT in head or (head.endswith("：") and len(head) <= 13)


def guiding_words(place: CitationContext) -> re.Match[str] | None:
    """The words of guidance around a document: 以 | 为总纲领 (GUIDE_AFTER), else 在 | 基础上 (FRAME_AFTER), but not
    在总结 | 的基础上. What is returned is the match from 以 or 在, among the last 80 characters of `left`, to the end
    of `left`; None without such words."""
    for before, after in ((WITH_BEFORE, GUIDE_AFTER), (IN_BEFORE, FRAME_AFTER)):
        if (found := before.search(place.left, max(len(place.left) - 80, 0))) and after.match(place.right):
            return found
    return None


def looks_back(place: CitationContext, sentence: str) -> bool:
    """Whether the sentence is about the time before the plan, by its words (`sentence`, with ◇ for the document; 以来,
    取得) or by the period that it names (`place.past`): '近年来，全市深入贯彻落实◇' -> True."""
    return place.past or LOOKING_BACK.search(sentence) is not None
