"""What part a chapter plays in a plan, by its title."""

import re

from extractors.reading import SectionRole

# 健全多层次医疗保障体系, 夯实发展基础: a title that begins with a verb sets a task, whatever nouns follow
VERB = (
    r"(?:进一步|加快|大力|全面|深入|持续|着力|积极|稳步|扎实|切实|有序|系统|高质量|高水平|高标准|协同|统筹|不断|深度)*"
    r"(?:推进|推动|促进|完善|健全|优化|提升|提高|加强|强化|构建|构筑|建设|建立|打造|实施|落实|深化|扩大|拓展|培育|发展|壮大|做[强优大实]|夯实|巩固"
    r"|保障|支持|鼓励|引导|规范|创新|改革|改善|增强|加大|加快|开展|组织|营造|激发|释放|融入|服务|保护|治理|防范|化解|筑牢|守牢|守护|维护|坚持|突出|聚焦"
    r"|抓好|抓实|搞好|实现|形成|推行|推广|助力|服务|探索|畅通|盘活|严格|严守|统筹|协调|布局|调整|盘活|丰富|传承|弘扬|繁荣|破解|补齐|振兴|塑造|建成|扩|保|稳|强)"
)
BEGINS_WITH_VERB = re.compile(VERB)

# 规划背景, 发展基础, “十三五”发展回顾, 面临形势, 机遇与挑战
BACKGROUND = re.compile(r"背景|基础|现状|成[效就绩]|回顾|形势|机遇|挑战|存在(?:的)?(?:主要)?(?:问题|困难|短板)|主要问题|发展环境|进展|工作情况|趋势|研判|总结|必要性|重要意义|重大意义|需求分析|概况")
# 指导思想, 基本原则, 总体要求
PRINCIPLES = re.compile(r"指导思想|基本原则|工作原则|总体原则|规划原则|总体要求|总体思路|基本思路|工作思路|发展思路|总体考虑|指导方针|发展理念|战略(?:定位|思路|导向|方向|取向)|发展定位|功能定位|编制依据|规划(?:范围|依据|期限|性质)|基本要求|总则|适用范围|主线")
# 发展目标, 主要指标, 二〇三五年远景目标
GOALS = re.compile(r"目标|指标|展望|愿景|远景|蓝图")
# 保障措施, 组织实施, 加强组织领导, 规划实施
SAFEGUARDS = re.compile(
    r"(?:保障措施|措施保障|组织保障|实施保障|工作保障|支撑保障|规划保障|政策保障|保障体系|保障机制|保障条件|工作要求|组织实施|组织领导|工作机制|推进机制|实施机制|规划实施|实施步骤|工作步骤|进度安排|时间安排|实施安排|工作安排|监督管理|监督评估|责任分工|考核评[价估]|组织机构)"
)
SAFEGUARD_VERB = re.compile(
    r"(?:进一步|切实|全面|不断|着力)*(?:强化|加强|完善|健全|落实|加大|抓好|建立健全|推进|优化|夯实|做好|提升)(?:党的(?:全面)?领导|党建|组织|规划|实施|政策|要素|保障措施|保障(?:体系|机制|支撑)|各项保障|工作保障|支撑保障|综合保障|统筹协调|督导|监督|考核|资金|投入|人才|法治|宣传|支撑).{0,12}(?:领导|实施|保障|落实|支撑|机制|考核|评估|统筹|支持)?"
)
OTHER = re.compile(r"附[则件录表图]|名词解释|术语|后记|参考文献|编制说明")
PREFACE = re.compile(r"前言|引言|序言|序|导语|导言|引子|绪论")


def chapter_role(title: str, nth: int, of: int, before: SectionRole | None) -> SectionRole:
    """'重点任务' -> tasks, '保障措施' -> safeguards, '规划背景' -> background: of the `nth` of `of` chapters."""
    if OTHER.match(title):
        return "other"
    if PREFACE.fullmatch(title):
        return "preface"
    if re.fullmatch(r"结语|结束语", title):
        return "other"
    late = nth * 2 >= of
    if SAFEGUARDS.search(title) and (late or before in ("tasks", "safeguards")) and not _task_like(title):
        return "safeguards"
    if nth == of - 1 and of >= 3 and SAFEGUARD_VERB.match(title):
        return "safeguards"
    if before in ("tasks", "safeguards") and not GOALS.search(title):
        return "tasks" if before == "tasks" or BEGINS_WITH_VERB.match(title) else before
    return part_role(title) or "tasks"


def part_role(title: str) -> SectionRole | None:
    """'发展目标' -> goals, '夯实产业基础' -> None: what a title says by itself, if it is no measure."""
    if BEGINS_WITH_VERB.match(title) and not re.match(r"发展(?!壮大)|组织|改革|创新|服务|保护", title):
        return None
    if PRINCIPLES.search(title) and not GOALS.search(title):
        return "principles"
    if GOALS.search(title):
        return "goals" if not PRINCIPLES.search(title) else "principles"
    if BACKGROUND.search(title):
        return "background"
    return None


def _task_like(title: str) -> bool:
    """健全…保障体系 is a task; 健全组织保障 is a safeguard."""
    return BEGINS_WITH_VERB.match(title) is not None and SAFEGUARD_VERB.match(title) is None
