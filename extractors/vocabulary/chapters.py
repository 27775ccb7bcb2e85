"""The roles of chapters, sections and annexes (background, goals, tasks, safeguards …) by their titles."""

from collections.abc import Sequence

from extractors import expressions as re
from extractors.reading import SectionRole
from extractors.vocabulary.numerals import ONES

# 目 录, 目　　录, 目次, **目录**, # 目录, 专栏目录
CONTENTS_TITLE = re.compile(r"[#*\s]{0,8}(?:专栏|图表|附表|表格|插图)?目\s{0,12}[录次錄][*\s]{0,4}")
# 健全多层次医疗保障体系, 夯实发展基础: a title that begins with a verb sets a task, whatever nouns follow
TITLE_VERB = (
    r"(?:(?:将|把)[^，。]{1,12}?(?:融入|纳入|贯穿|摆在)|(?:进一步|加快|大力|全面|深入|持续|着力|积极|稳步|扎实|切实|有序|系统|高质量|高水平|高标准|协同|统筹|不断|深度)*"
    r"(?:推进|推动|促进|完善|健全|优化|提升|提高|加强|强化|构建|构筑|建设|建立|打造|实施|落实|深化|扩大|拓展|培育|发展|壮大|做[强优大实]|夯实|巩固"
    r"|保障|支持|鼓励|引导|规范|创新|改革|改善|增强|加大|加快|开展|组织|营造|激发|释放|融入|服务|保护|治理|防范|化解|筑牢|守牢|守护|维护|坚持|突出|聚焦"
    r"|抓好|抓实|搞好|实现|形成|推行|推广|助力|服务|探索|畅通|盘活|严格|严守|统筹|协调|布局|调整|盘活|丰富|传承|弘扬|繁荣|破解|补齐|振兴|塑造|建成|打通|做响|唱响|擦亮|抢抓|应对|迎接|共建|共享|重塑|厚植|拓宽|放大|提质|打好|打赢|夺取|争创|整治|清理|疏通|改造|新建|修复|更新|引进|培养|加固|扶持|压实|整合|普及|搭建|创建|设立|增设|配齐|压减|严控|遏制|淘汰|疏解|拆除|修缮|活化|倡导|招引|承接|铺设|绿化|排查|帮扶|扩|保|稳|强"
    # 夯基础, 补短板, 优环境: a slogan of three characters
    r"|[夯固补优惠促锻抓畅兴][\u4e00-\u9fff]{2}(?=[：:，、 \u3000]|$)))"
)
BEGINS_WITH_VERB = re.compile(TITLE_VERB)

# 服务办, 建设管理办: an office by what it does; not 督办, 承办
OFFICE_OF_WORK = re.compile(r"[\u4e00-\u9fff]{2,8}(?<![督承联举筹协领代转交创主经开兴申催查])办")

# “十四五”, 主要, 2025年: what may stand before and between the words of a title
TITLE_QUALIFIERS = (
    rf"(?:[“\"‘]?十[{ONES}]五[”\"’]?(?:时期|期间|规划)?|[12][0-9]{{3}}年?|二[〇零○][{ONES}十〇零○]{{2}}年|我[国省市县区州]|全[国省市县区州]|本[市省县区]"
    r"|(?:主要|总体|具体|基本|根本|发展|规划|建设|工作|行动|整治|改革|事业|产业|行业|经济|社会|阶段性?|近期|远期|中长期|预期|预测|约束性?|战略|空间|国土|重大|面临|所?存在|突出|当前|现实|新|未来|编制|指导|总|宏观|国内外|国际|国内|外部|内外部|时代|开局|良好|重要|历史|取得|实施|编制)(?:的)?)*"
)
# 规划背景, 发展基础, “十三五”发展回顾, 面临形势, 机遇与挑战
BACKGROUND_NOUN = (
    r"(?:背景|基础(?:和条件)?|现状|成[效就绩]|回顾|形势(?:分析|研判|[与和及]任务)?|机遇|挑战|问题|困难|短板|不足|环境|条件|进展|情况"
    r"|趋势|研判|总结|(?:必要|紧迫|重要|可行)性|意义|需求|概况|概述|概论|特征|阶段|经验|做法|优势|差距|制约|风险|执行情况|完成情况|总论|绪论)"
    r"(?:分析|评价|评估|预测|概述|诊断|判断|任务|要求)?"
)
# 指导思想, 基本原则, 总体要求
PRINCIPLES_NOUN = r"(?:思想|原则|要求|思路|考虑|方针|理念|定位|导向|方向|取向|依据|范围|期限|性质|总则|主线|战略|策略)"
# 发展目标, 主要指标, 远景展望
GOALS_NOUN = r"(?:(?:远景|愿景)?目标(?:体系|任务|展望|愿景|指标|定位)?|指标(?:体系)?|(?:远景)?展望|愿景|远景|蓝图)"
ANY_NOUN = rf"(?:{TITLE_QUALIFIERS}(?:{BACKGROUND_NOUN}|{PRINCIPLES_NOUN}|{GOALS_NOUN}))"
# 指导思想和发展目标: nothing but such words
PURE = re.compile(rf"{ANY_NOUN}(?:(?:[和与及、，]|以及){ANY_NOUN}){{0,4}}")
# 发展战略, 理念和方向: no word of PRINCIPLES_WORD, but all are of principles
PURE_PRINCIPLES = re.compile(
    rf"{TITLE_QUALIFIERS}{PRINCIPLES_NOUN}(?:(?:[和与及、，]|以及){TITLE_QUALIFIERS}{PRINCIPLES_NOUN}){{0,4}}"
)
PRINCIPLES_WORD = re.compile(
    r"总体要求|指导(?:思想|方针)|基本(?:原则|思路|要求)|总体(?:思路|考虑|原则)|(?:工作|规划|发展)(?:原则|思路)|思想|原则|思路|要求|方针|定位|依据|总则|范围|期限"
)
GOALS = re.compile(GOALS_NOUN)
# 国民经济和社会发展的主要目标: a section of goals in a chapter of principles
OF_GOALS = re.compile(rf"{GOALS_NOUN}$")
ROLE_ENDINGS: tuple[tuple[SectionRole, re.Pattern[str]], ...] = (
    ("principles", re.compile(rf"(?:{PRINCIPLES_WORD.pattern})$")),
    ("goals", OF_GOALS),
    ("background", re.compile(rf"{BACKGROUND_NOUN}$")),
)
# 服务业发展现状: words that no measure ends with
PAST = re.compile(r"(?:现状|成效|成就|回顾|形势|挑战|机遇|背景|存在(?:的)?(?:主要)?问题)$")
# 培育山地开放型经济新优势: what is to be gained
ADVANTAGE_GAINED = re.compile(r"(?:新|竞争|比较|发展)优势$")
# 现状与评价, 规划实施评估, 存在问题与成因分析: words for what is, wherever in the title of a chapter before the tasks
PRESENT = re.compile(
    r"现状|回顾|存在(?:的)?(?:主要|突出)?问题|成因|形势|机遇|挑战|背景|(?:规划|实施|中期|总结)评估|(?:基础|条件|环境|问题)(?:与|和|及)?(?:分析|评价|评估|研判)"
)
# 过去五年工作, “十三五”养老服务, 2022年工作, 基本县情, 资源禀赋, 产业发展态势, 客流预测, 开启新征程: what was or is
DESCRIBES = re.compile(
    r"^(?:过去|[“\"]?十[一二三四]五|\d{4}年|我[省市县区州]|近[年三五])|五年|历程|征程|起点|历史|小康社会|辉煌|[省市县区州国]情"
    r"|(?:状况|禀赋|分布|特点|特征|态势|动态|预测|分析|结果|结论|质量|总述|概览|总体安排|战略部署)$"
)
# 2025年工作安排落实情况: a plan for a year that is looked back on
LOOKED_BACK_ON = re.compile(r"回顾|总结|情况|成[效就绩]|进展")
# 明确总体要求和发展目标: the verbs with which a chapter of goals begins
RESOLVE = re.compile(r"(?:准确|牢牢)?(?:明确|锚定|确立|把握|坚持|树立|认清|立足)")
# 保障措施, 组织实施, 加强组织领导, 规划实施
SAFEGUARDS = re.compile(
    r"(?:保障措施|措施保障|组织保障|实施保障|工作保障|支撑保障|规划保障|政策保障|保障体系|保障机制|保障条件|(?:工作|有关)要求|组织实施|组织领导|工作机制|推进机制|实施机制|规划实施|实施步骤|工作步骤|进度安排|时间安排|实施安排|工作安排|监督管理|监督评估|责任分工|考核评[价估]|组织机构)"
)
# 工作要求, 整治要求, 实施要求: what is asked of those who do the work; not 总体要求, 基本要求, 发展要求
ASKED_OF_WORK = re.compile(
    r"(?:有关|相关|具体|几点|其他|工作|行动|整治|建设|实施|组织|推进|管理|落实|任务)+(?:的)?(?:和|与)?要求"
)
# 2026年工作安排, 今年工作安排和主要目标, 2026年发展主要目标和工作安排: the work of a year, not the time that it takes
WORK_OF_YEAR = re.compile(r"(?:[12][0-9]{3}年|[今明]年)[^，。；]{0,12}工作(?:安排|部署)")
SAFEGUARD_VERB = re.compile(
    r"(?:进一步|切实|全面|不断|着力)*(?:强化|加强|完善|健全|落实|加大|抓好|建立健全|推进|优化|夯实|做好|提升)(?:党的(?:全面)?领导|党建|组织|规划|实施|政策|要素|保障措施|保障(?:体系|机制|支撑)|各项保障|工作保障|支撑保障|综合保障|统筹协调|督导|监督|考核|资金|投入|人才|法治|宣传|支撑).{0,12}(?:领导|实施|保障|落实|支撑|机制|考核|评估|统筹|支持)?"
)
OTHER_PART = re.compile(
    r"附[则件录表图]|法律责任$|罚则$|名词解释|术语|后记|参考文献|编制说明|(?:本?规划)?(?:实施)?(?:的)?环境影响(?:评价|分析|篇章|说明|评估|及)?|水资源论证|投资(?:估算|匡算|测算)|资金(?:筹措|测算|需求)"
    r"|(?:年度|年终|综合|绩效|督查|监测)?(?:考评|考核|评价|评估|评分|评选|奖惩)(?:的)?(?:对象|范围|内容|方式|方法|程序|标准|细则|等次|等级|周期|时间|步骤|计分|结果)"
    r"|(?:考评|考核|评价|评估|评选|督查)?结果(?:的)?(?:运用|应用|反馈)"
    r"|(?:规划)?(?:预期|综合|社会|经济|生态|实施)*(?:效益|效果)(?:分析|评价|评估)?$"
)
# 重点任务, 主要举措: what the chapters of tasks are called
TASK_NOUN = re.compile(
    r"(?:重点|主要|工作|具体|发展|建设|改革|总体|战略)*(?:任务|举措|工程|项目|行动|工作|措施|内容)(?:[和与及、](?:重点|主要)*(?:任务|举措|工程|项目|行动|工作|措施))?|工作重点|(?:空间|总体|产业|发展)布局"
)
# 引才工程, 碧水行动
WORKS_ENDING = re.compile(r"(?:工程|行动|举措|任务|项目|措施)$")
# 重点任务清单, 任务分解表, 分工方案, 职责清单: annexes that set work, whether as outline or as a table
ANNEX_OF_WORK = re.compile(
    r"(?:任务|分工|职责|责任|举措|措施|事项|工作|行动|政策)[^。]{0,8}(?:清单|分解|分工|方案|台账|安排|要点|一览|表)|(?:任务|职责|责任)分[工解]|重点(?:任务|工作|举措)$"
    r"|(?:考评|考核|评价)(?:指标|内容|任务)|(?:行动|工作|实施)方案|行动计划|任务$"
)
# 工作职责, 部门职责清单, 各单位按以下职能分工开展排查, 责任分工: parts whose headings are the bodies that do what is
# below; the headings of 重点任务及责任分工 are measures
DUTIES_OF_BODIES = re.compile(
    r"(?P<cue>职责|职能|(?<![务施作点][及和与、])责任(?=分工))(?:$|清单|分工|划分|任务|一览|表)"
)
# 名词解释, 编制说明, 专家名单, 申报表: annexes that set none
ANNEX_ASIDE = re.compile(
    r"名词|术语|解释|说明|名单|成员(?!单位)|组成人员|流程|格式|范本|样表|申[报请]|证书|图$|示意|指南|目录|领导小组"
)
# what a page or a crawler sets above and below a plan's text
PAGE_PART = re.compile(
    r"(?:基本|文件|政策|索引)信息|(?:政策|文件|公文)?(?:全文|正文|原文)(?:内容)?|(?:文件|政策|公文|详细)内容|(?:相关)?(?:附件|解读|链接|文件)(?:下载)?|(?:政策|文件|图文)解读"
    r"|(?:内容)?(?:摘要|概述)|元数据|来源|(?:相关|附加|其他|页面|发布)信息|相关(?:推荐|阅读|新闻|文章|内容|文档)"
)
PREFACE = re.compile(r"前言|引言|序言|序|导语|导言|引子|绪论")


def chapter_role(
    title: str,
    nth: int,
    of: int,
    before: SectionRole | None,
    children: Sequence[str] = (),
    following: Sequence[str] = (),
) -> SectionRole:
    """The role of a chapter by its title, its place and its neighbours: '重点任务' -> tasks, '保障措施' -> safeguards,
    '规划背景' -> background. `title` has no number; `nth` is the number of the chapter from 0, `of` the number of all
    chapters, `before` the role of the chapter before it (None for the first; tasks where a section of that is tasks),
    `children` the titles of its sections and boxes, `following` those of the chapters after it.

    The first of these that applies:

    - the role that the title has anywhere in a plan (`_fixed_role`); tasks for the work of a year (2026年工作安排);
      safeguards (`_is_safeguards`);
    - after a chapter of tasks or safeguards: safeguards for what is asked of the work (整治要求), else the role of a
      title of usual words (`part_role`), else tasks, but safeguards after safeguards where the title names no work
      (`_names_work`);
    - tasks for what is asked of the work (工作要求) after goals or principles where no chapter of work follows
      (`_any_work`) and its sections are not all principles (坚持…);
    - the role that a word of the title shows (`loose_role`); tasks where the title names work or ends with a word for
      it (引才工程);
    - background for the first of three or more chapters, unless its sections are measures (`_all_measures`), or none
      of them and of the chapters after it is called background, principles or goals (`loose_role`; a title that is a
      word for safeguards, such as 工作要求, does not count), as in a list of work (一、简政放权, 二、放管结合,
      三、优化服务), and it has no word of what was or is (DESCRIBES: 过去五年工作);
    - tasks.
    """
    if role := _fixed_role(title):
        return role
    if WORK_OF_YEAR.search(title) and not LOOKED_BACK_ON.search(title):
        return "tasks"
    if _is_safeguards(title, nth, of, before):
        return "safeguards"
    asked = ASKED_OF_WORK.fullmatch(title) is not None
    if before in ("tasks", "safeguards"):
        if asked:
            return "safeguards"
        return part_role(title) or ("tasks" if before == "tasks" or _names_work(title) else before)
    if asked and before in ("goals", "principles") and not (_any_work(following) or _all_resolved(children)):
        return "tasks"
    if (role := loose_role(title)) or _names_work(title) or WORKS_ENDING.search(title):
        return role or "tasks"
    if nth or of < 3 or _all_measures(children):
        return "tasks"
    # what nothing is known of stands before the tasks where it is the first of several, unless the plan begins with
    # work at once
    others = [other for other in (*children, *following) if not SAFEGUARDS.fullmatch(other)]
    looks_back = not following or DESCRIBES.search(title) or any(loose_role(other) for other in others)
    return "background" if looks_back else "tasks"


def _fixed_role(title: str) -> SectionRole | None:
    """The role of a title that has it wherever the chapter stands: other for a title that begins with a word of
    `OTHER_PART` (such as 附件, 罚则, 名词解释, 投资估算, 考核方式, 环境影响) and for 结语 and 结束语; preface for one
    that is 前言, 序言, 绪论 or another word of `PREFACE` and nothing else; None for other titles."""
    if OTHER_PART.match(title):
        return "other"
    if PREFACE.fullmatch(title):
        return "preface"
    return "other" if title in ("结语", "结束语") else None


def _is_safeguards(title: str, nth: int, of: int, before: SectionRole | None) -> bool:
    """Whether a chapter, with the arguments of `chapter_role`, is one of safeguards: it stands in the second half of
    the plan or after tasks or safeguards, and its title has a word for safeguards and is not that of a task
    (`_task_like`); or it is the last of three or more chapters, and its title begins with a verb and object of
    safeguards (加强组织…)."""
    late = nth * 2 >= of or before in ("tasks", "safeguards")
    if late and SAFEGUARDS.search(title) and not _task_like(title):
        return True
    return nth == of - 1 and of >= 3 and SAFEGUARD_VERB.match(title) is not None


def _names_work(title: str) -> bool:
    """Whether the title begins with a verb of work (TITLE_VERB: 推进…, also where 建设, 发展 or 服务 is a noun) or with
    a word for tasks (重点任务, 空间布局)."""
    return BEGINS_WITH_VERB.match(title) is not None or TASK_NOUN.match(title) is not None


# 整治计划安排, 整治步骤: when the work is done, not what it is
TIMETABLE = re.compile(r"(?:安排|步骤|进度|阶段)$")


def names_measure(name: str) -> bool:
    """Whether a heading or label of a chapter of duties (DUTIES_OF_BODIES) that may name a body names a measure,
    because it begins with the verb of one: '建设服务中心' -> True; '服务办' (OFFICE_OF_WORK), '县教育局' -> False. It
    is asked for names that the scheme of functions does not know."""
    return BEGINS_WITH_VERB.match(name) is not None and OFFICE_OF_WORK.fullmatch(name) is None


def _any_work(titles: Sequence[str]) -> bool:
    """Whether one of `titles`, those of the chapters after it, names work (`_names_work`) and is neither one of
    safeguards nor a timetable: 重点任务 and 推进设施建设 -> True, 保障措施, 加强组织领导 and 整治计划安排 -> False."""
    named = [t for t in titles if _names_work(t) and not TIMETABLE.search(t)]
    return not all(SAFEGUARDS.search(t) or SAFEGUARD_VERB.match(t) for t in named)


def _all_resolved(titles: Sequence[str]) -> bool:
    """Whether there are `titles` and all begin as principles do (RESOLVE: 坚持统筹推进, 把握重点)."""
    return bool(titles) and all(RESOLVE.match(title) for title in titles)


def _all_measures(titles: Sequence[str]) -> bool:
    """Whether `titles`, those of a chapter's sections, are at least two and measures: two thirds or more of them begin
    with a verb of work and not with a word of RESOLVE (坚持, 明确), and no title has a role by `loose_role`."""
    measures = [t for t in titles if BEGINS_WITH_VERB.match(t) and not RESOLVE.match(t)]
    return len(titles) > 1 and 3 * len(measures) >= 2 * len(titles) and not any(loose_role(t) for t in titles)


def annex_role(title: str, children: Sequence[str]) -> SectionRole:
    """The role of an annex by its title: other where a word shows that it sets no work (ANNEX_ASIDE, such as 名词解释,
    专家名单, 工作指南), else tasks where a word shows that it does (ANNEX_OF_WORK, such as 重点任务清单). Where neither
    does, tasks if more than half of the titles of its sections (`children`) begin with a verb, as measures do, else
    other."""
    if ANNEX_ASIDE.search(title):
        return "other"
    if ANNEX_OF_WORK.search(title):
        return "tasks"
    measures = sum(BEGINS_WITH_VERB.match(child) is not None for child in children)
    return "tasks" if children and measures * 2 > len(children) else "other"


# 目标任务, 2026年工作目标和任务, 任务目标: what is to be reached and what is to be done, in one chapter
GOALS_AND_TASKS = re.compile(
    r"(?:[12][0-9]{3}年|[今明]年)?(?:的)?(?:总体|主要|工作|发展|建设|规划|重点)*(?:目标(?:[和与及、])?(?:主要|重点|工作)*任务|任务(?:[和与及、])?目标)"
)
# 重点任务, 主要措施, 建设工程: chapters of tasks of their own
OWN_TASKS = re.compile(r"任务|举措|工程|行动|(?<!保障)措施$")


def holds_tasks(title: str, children: Sequence[str], chapters: Sequence[str]) -> bool:
    """Whether the sections of a chapter called 目标任务 or the like are the plan's tasks: there are sections; none of
    their titles (`children`) consists of words for background, principles and goals (`part_role`) or for tasks
    (主要任务), contains 目标 or begins with a year (2025年, 到2025年); and no other title of `chapters`, those of all
    chapters of the plan, contains 任务, 举措, 工程 or 行动 or ends with 措施 (but not 保障措施), unless it is one of
    goals (“十五五”时期主要目标任务). False for a chapter with another title."""
    if not GOALS_AND_TASKS.fullmatch(title) or not children:
        return False
    if any(
        part_role(child) or TASK_NOUN.fullmatch(child) or "目标" in child or YEAR_AHEAD.match(child)
        for child in children
    ):
        return False
    others = [other for other in chapters if other != title and part_role(other) != "goals"]
    return not any(OWN_TASKS.search(other) for other in others)


# 到2025年
YEAR_AHEAD = re.compile(r"(?:[到至]|力争)?\d{4}年")


def is_part_title(title: str) -> bool:
    """Whether the title as a whole consists of words for background, principles and goals (`part_role`), or is a word
    for tasks (TASK_NOUN), safeguards (SAFEGUARDS) or a preface: '重点任务', '总体要求', '保障措施' -> True;
    '夯实产业基础', '保障措施和组织实施' -> False."""
    return part_role(title) is not None or any(p.fullmatch(title) for p in (TASK_NOUN, SAFEGUARDS, PREFACE))


def sets_no_work(title: str) -> bool:
    """Whether the title begins as that of a part without work does (OTHER_PART, such as 投资估算与效益分析, 考核方式),
    or contains a word for an annex without work (ANNEX_ASIDE, such as 名单, 流程, 目录)."""
    return OTHER_PART.match(title) is not None or ANNEX_ASIDE.search(title) is not None


def part_role(title: str) -> SectionRole | None:
    """The role of a title that consists of the usual words for background, principles and goals only: principles where
    it has a word of PRINCIPLES_WORD ('指导思想和发展目标') or consists of words for principles ('发展战略'), else goals
    where it has one for goals ('发展目标', '目标与战略'), else background ('“十三五”发展回顾'). None for other titles,
    such as '夯实产业基础', because a measure has a verb or a subject of its own, and for '重点任务'."""
    if not PURE.fullmatch(title):
        return None
    if PRINCIPLES_WORD.search(title) or PURE_PRINCIPLES.fullmatch(title):
        return "principles"
    return "goals" if GOALS.search(title) else "background"


def own_role(title: str, inherited: SectionRole) -> SectionRole:
    """The role of a section in a chapter of role `inherited`, by the section's title (without number). The first of
    these that applies:

    - tasks, unless in a chapter of tasks or safeguards, for a title that consists of words for tasks alone
      ('主要任务');
    - safeguards, unless in a chapter of tasks, safeguards or principles, for a title that is a word for safeguards and
      nothing else ('保障措施');
    - goals, in a chapter of principles, for a title that ends with a word for goals and begins with no verb of work;
    - `inherited`, in a chapter of tasks or safeguards, for what is asked of the work ('工作要求');
    - the role of a title of usual words (`part_role`);
    - `inherited`.
    """
    if inherited in ("tasks", "safeguards"):
        if ASKED_OF_WORK.fullmatch(title):
            return inherited
    else:
        if TASK_NOUN.fullmatch(title):
            return "tasks"
        if SAFEGUARDS.fullmatch(title) and inherited != "principles":
            return "safeguards"
    if inherited == "principles" and OF_GOALS.search(title) and not BEGINS_WITH_VERB.match(title):
        return "goals"
    return part_role(title) or inherited


def loose_role(title: str) -> SectionRole | None:
    """The role of a chapter before the tasks by a word in its title, whatever the subject. The first of these that
    applies:

    - the role of a title of usual words (`part_role`);
    - background for a title that ends with a word for what is past (PAST: 服务业发展现状);
    - None for a title that begins with a verb of work, unless it begins with 明确, 坚持 or another word of RESOLVE;
    - background for a word of description anywhere (PRESENT: '现状与评价');
    - None for 新优势, 竞争优势, 比较优势 or 发展优势 at the end;
    - principles, goals or background by the last word ('卫生健康事业发展的基础与环境' -> background);
    - None.
    """
    if (role := part_role(title)) or PAST.search(title):
        return role or "background"
    if BEGINS_WITH_VERB.match(title) and not RESOLVE.match(title):
        return None
    if PRESENT.search(title):
        return "background"
    if ADVANTAGE_GAINED.search(title):
        return None
    return next((role for role, ends in ROLE_ENDINGS if ends.search(title)), None)


def _task_like(title: str) -> bool:
    """Whether a title that contains a word of safeguards (保障) is nevertheless that of a task: it begins with a verb,
    and neither with a word for safeguards nor with a verb and object of them: '健全…保障体系' -> True, '健全组织保障'
    -> False."""
    if SAFEGUARDS.match(title) or SAFEGUARD_VERB.match(title):
        return False
    return BEGINS_WITH_VERB.match(title) is not None
