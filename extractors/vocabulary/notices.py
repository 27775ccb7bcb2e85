"""Titles of plans, and of the notices that carry them: the words of both, once."""

import re

# 现将《A》和《B》印发给你们; 《A》《B》已经省政府同意，现印发给你们: the works that a notice sends out
_LIST = r"(?:[^《》。；]{0,12}《[^《》]{2,120}》(?:[（(][^（）()]{2,40}[）)])?){1,9}"
_SEND = r"(?:印发|发布|公布|转发|下发|颁布)"
SENDS = re.compile(
    rf"(?:现将|兹将|特将)(?P<works>{_LIST})[^《》。；]{{0,30}}{_SEND}"
    rf"|(?:^|(?<=[。；：\n]))\s*(?P<passed>{_LIST})[^《》。；]{{0,20}}(?:已经?|业经)[^《》。；]{{0,60}}现(?:予以?|将其|正式|){_SEND}"
)


def sent_out(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """'现将《A》和《B》印发给你们' -> the stretch that names the two works: each is a plan of the notice."""
    found = SENDS.finditer(text, start, len(text) if end is None else end)
    return [seen.span("works" if seen["works"] else "passed") for seen in found]


# What a plan's title ends with.
# （草案）, （征求意见稿）: how far a plan has come; no part of its title or identity
STATUS = re.compile(
    r"[（(【〔](?P<status>(?:公开)?征求意见(?:稿|版)?|(?:讨论|送审|报批|公示|审议|修订|修改|评审|上报|批后公布)稿|草案(?:送审稿|征求意见稿|公示稿?)?|公示(?:版|草案)?|草案?公示|公众版|初稿|文本|报批版|送审版)[）)】〕]"
)
# 《云岭省水网规划》政策解读, 一图读懂…: a text that explains a plan and is none
EXPLAINS = re.compile(
    r"^(?:【?(?:图解|一图读懂|图文解读|政策解读|解读|文字解读|专家解读)】?[丨|:：]?(?=.{6}))|(?:的?(?:政策|起草|编制|文件)?解读(?:材料|说明|稿|方案)?|起草说明|编制说明|答记者问|新闻发布会|新闻通稿)(?:[（(].{1,12}[）)])?$"
)
TITLE_KINDS = (
    r"(?:规划|纲要|计划|方案|意见|战略|行动|要点|办法|措施|建议|决定|决议|通知|批复|目标|规定|细则|安排|指引|导则|蓝图|任务|政策"
    r"|条例|指南|总规|工程|思路|评估报告|(?:任务|职责|责任|工作|措施)(?:清单|分解表|分工表|台账))"
)
WORK = re.compile(rf"{TITLE_KINDS}(?:[（(][^（）()]{{1,30}}[）)])*$")
