"""Patterns of the titles of plans, of the notices that distribute them, and of the numbers of such documents."""

from extractors import expressions as re
from extractors.vocabulary.numerals import DIGIT, NUMERAL, ONES

# 现将《A》和《B》印发给你们; 《A》《B》已经省政府同意，现印发给你们: the works that a notice sends out
_SENT_WORKS = r"(?:[^《》。；]{0,12}《[^《》]{2,120}》(?:[（(][^（）()]{2,40}[）)])?){1,9}"
_SEND = r"(?:印发|发布|公布|转发|下发|颁布)"
SENDS = re.compile(
    rf"(?:现将|兹将|特将)(?P<works>{_SENT_WORKS})[^《》。；]{{0,30}}{_SEND}"
    rf"|(?:^|(?<=[。；：\n]))\s*(?P<passed>{_SENT_WORKS})[^《》。；]{{0,20}}(?:已经?|业经)[^《》。；]{{0,60}}现(?:予以?|将其|正式|){_SEND}"
)


def sent_out(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Start and end, as offsets in `text`, of the words that name the works which a notice distributes, for each
    sentence in `text[start:end]` that does so (SENDS): in '现将我局制定的《甲规划》和《乙规划》印发给你们' those of
    我局制定的《甲规划》和《乙规划》. They begin after 现将 or, where the notice says so after the titles (…已经同意，
    现印发), with the sentence, and have one title to nine in 《》, with up to 12 characters before each. `end` is the
    end of the text where it is None."""
    sentences = SENDS.finditer(text, start, len(text) if end is None else end)
    return [sentence.span("works" if sentence["works"] else "passed") for sentence in sentences]


# （草案）, （征求意见稿）: how far a plan has come; no part of its title or identity
DRAFT_STATUS = re.compile(
    r"[（(【〔](?P<status>(?:公开|公众|社会|部门|网上|再次|第[一二三]次)?征求意见(?:草案|稿|版)?|(?:讨论|送审|报批|公示|审议|修订|修改|评审|上报|批后公布)稿|草案(?:送审稿|征求意见稿|公示稿?)?|公示(?:版|草案)?|草案?公示|公众版|初稿|文本|报批版|送审版)[）)】〕]"
)
# 《云岭省水网规划》政策解读, 一图读懂…: a text that explains a plan and is none
EXPLANATION_TITLE = re.compile(
    r"^(?:【?(?:图解|一图读懂|图文解读|政策解读|解读|文字解读|专家解读)】?[丨|:：]?(?=.{6}))|(?:的?(?:政策|起草|编制|文件)?解读(?:材料|说明|稿|方案)?|起草说明|编制说明|答记者问|新闻发布会|新闻通稿)(?:[（(].{1,12}[）)])?$"
)
# What a plan's title ends with.
TITLE_KINDS = (
    r"(?:规划|纲要|计划|方案|意见|战略|行动|要点|办法|措施|建议|决定|决议|通知|批复|目标|规定|细则|安排|指引|导则|蓝图|任务|政策"
    r"|条例|指南|预案|总规|工程|思路|评估的?报告|计划(?:[（(]草案[）)]|草案)的?报告|(?:任务|职责|责任|工作|措施|服务|事项)(?:清单|台账)|(?:任务|职责|责任|工作|措施|目标)(?:分解|分工)表?)"
)
# 政府工作报告, 泽宁市2024年政府工作报告: what a government reports each year, and sets for the next one
WORK_REPORT = re.compile(r"(?:[^，。；：:、《》|]{2,20})?政府工作报告(?:[（(][^（）()]{1,20}[）)])?")
PLAN_TITLE_END = re.compile(rf"{TITLE_KINDS}(?:[（(][^（）()]{{1,30}}[）)])*$")

# 《云岭省水网规划》政策解读, 关于云岭省水网规划的起草说明, 编制说明, 某局负责人就《…》答记者问: the whole title of a
# text that explains a plan, whether it names the plan or not
EXPLAINS_PLAN = re.compile(
    rf"(?:[^《》。；]{{0,40}}《[^《》]{{4,80}}》(?:[（(][^（）()]{{1,30}}[）)])?|[^《》，。；：]{{2,60}}{TITLE_KINDS}(?:[（(][^（）()]{{1,30}}[）)])?)?"
    r"的?(?:(?:政策|起草|编制|文件|图文|文字|专家)?解读(?:材料|说明|稿|方案)?|(?:起草|编制|修订|制定)(?:情况)?(?:的)?说明|答记者问)(?:[（(].{1,12}[）)])?"
)

# 关于印发, 关于转发, 关于公布实施; the words of a notice that carries another document
CARRY = re.compile(
    r"关于(?:联合|重新|修订|调整|公开|全面)?(?:印发实施|发布实施|公布实施|印发|转发|批转|发布|公布|颁布|下发|下达|颁发|印送|实施(?=[《〈]))"
    r"(?:新修订的|修订后的|修订的|调整后的)?"
)
# 国务院办公厅印发《…》的通知, 中共中央办公厅国务院办公厅印发《…》
CARRY_PLAIN = re.compile(r"(?<=.{3})(?:联合)?(?:印发|转发|批转|发布|公布)(?=[《〈])")
# 中共中央国务院印发|《…》: the carried title on the next line
BROKEN_OFF = re.compile(r"^[^，。：]{3,40}(?:印发|转发|批转)$")
# 转发, 批转: another body's document is handed on
HANDS_ON = re.compile(r"转发|批转")
# 国务院办公厅转发国家发展改革委关于…意见的通知
CARRY_ON = re.compile(r"(?<=.{3})(?:批转|转发|印发)")
NOTICE_ENDING = re.compile(r"的?(?:通知|公告|通告|函|命令|令|决定|批复|请示)(?:[（(][^（）()]{1,40}[）)])?$")
# 关于同意《…规划》的批复, 关于批准…纲要的决议, 关于公开征求《…规划》意见的公告: the beginning and the end of the title
# of a document about a work, which may have the work behind it
_OPINIONS = r"(?:社会|公众|各界|各方|各方面|有关方面)*(?:修改)?意见(?:和?建议)?"
ABOUT = re.compile(
    r"关于(?:原则同意|同意|批准|审批|审议|报请批准|报请审批|报送|报批|提请审[议定批]|公示|(?:公开|广泛|再次|继续|书面)*征求)*(?:修订后的|新修订的)?"
)
ABOUT_ENDING = re.compile(
    rf"(?:(?:公开|广泛|再次|继续|书面)*征求{_OPINIONS}|{_OPINIONS}|有关(?:事项|问题)|审查)?的?(?:批复|批复意见|审查意见|决议|请示|议案|公示|公告|通告|通知|函|启事)"
    r"(?:[（(][^（）()]{1,40}[）)])?$"
)
# 某省人民政府关于某市水网规划的批复
REPLY = re.compile(r"批复(?:意见)?(?:[（(][^（）()]{1,40}[）)])?$")
# 现将《…规划》印发, 关于印发…规划的通知: what a notice names, the plan among others
NAMED_WORK = re.compile(r"《(?P<title>[^》]{4,80})》|(?:印发|转发|批转|发布)(?P<bare>[^《》。]{6,80})的(?:通知|函)")
# 关于印发《…规划》的通知: the end of a notice's title
NOTICE_TITLE_END = re.compile(r"[》〉>]等?的?(?:通知|批复|意见|函)[*]{0,2}$")
# …关于印发云岭市养老服务规划的通知
NOTICE_TITLE = re.compile(r"[^。；，]{0,60}关于[^。；]{2,80}的(?:通知|批复|函)$")
# 的通知》 after a bracket that closed too early
LATE_CLOSE = re.compile(
    r"[^《》。，；\n]{0,8}(?:的(?:通知|意见|决定|批复|函|公告)|\s*[（(][^（）()《》]{2,12}[）)])\s*》"
)
# 的通知 after an inner title whose outer bracket is never closed
REST_OF_NOTICE = re.compile(r"\s*的\s*(?:通\s*知|公\s*告|函)")
CARRYING = re.compile(r"(?:印\s*发|转\s*发|批\s*转|发\s*布|公\s*布|下\s*发|颁\s*发)\s*$")
# 现将《X规划》印发给你们, 《X规划》已经市政府同意，现印发给你们
ANNOUNCED = re.compile(
    r"现将[^《》]{0,40}《(?P<now>[^《》]{4,80})》"
    r"|《(?P<passed>[^《》]{4,80})》[^《》]{0,60}现(?:予|将)?(?:以)?(?:印发|公布|发布|转发)"
)
# Endings of a notice that only carries another document.
CARRIER_ENDING = r"的?(?:通知|公告|命令|通告|函|令)(?:[（(][^（）()]*[）)])?"
# 等的通知, 等三个文件的通知
AND_MORE = rf"(?:等(?:[0-9{ONES}十两]*[个项份]?(?:文件|规定|办法|方案|制度|规划)?)?)?"
# 国务院办公厅关于印发“十四五”全民医疗保障规划的通知, 关于印发<X>等的通知, 国务院办公厅转发国家发展改革委关于X意见的通知
CARRIER = re.compile(
    rf"(?P<issuer>[^《〈<＜]{{0,80}}?)(?:关于)?(?:重新|联合|修订)?(?P<verb>印发|转发|批转|发布|公布|颁布|下发|颁发)"
    rf"(?:修订后?的|新修订的|调整后的|修改后的)?(?P<work>.{{3,200}}?){AND_MORE}{CARRIER_ENDING}"
)
# 国务院办公厅关于印发“十四五”全民医疗保障规划的通知 in a figure: the work is enough
SHORT_NOTICE = re.compile(r"^.{0,40}?关于(?:印发|转发|发布)(?P<work>.+?)的通知$")
# what only a notice says
NOTICE_WORDS = re.compile(r"通知|印发|转发|批转|批复|遵照执行|贯彻执行|组织实施")

# 国办发〔2021〕36号, 川府发[2022]1号, 成医保发（2021）21 号, 沪府规〔2020〕第3号
DOC_NUMBER = (
    r"[\u4e00-\u9fff]{1,14}\s*[〔﹝\[［【（(]\s*(?:[1１][9９]|[2２][0０])"
    rf"{DIGIT}{{2}}\s*[〕﹞\]］】）)]\s*第?\s*{DIGIT}{{1,5}}\s*号"
)
# 某市人民政府文件|某政发〔2021〕3号: the letterhead on the line of a number; not 某县委文件〔2021〕3号
LETTERHEAD_BEFORE = r"(?:[\u4e00-\u9fff]{3,40}文件(?=[（(]?[\u4e00-\u9fff]))?"
# 国令第707号, 某省人民政府令第152号
_ORDER_YEAR = r"(?:[〔（(]?(?:19|20)\d{2}年?[〕）)]?)?"
ORDER_NUMBER = rf"[\u4e00-\u9fff]{{1,20}}令{_ORDER_YEAR}第\s{{0,2}}(?:[0-9]{{1,6}}|{NUMERAL})\s{{0,2}}号"
