"""The vocabulary that guards, forms and subjects share: units, patterns, and the words of a data file that decide
whether a number is a commitment."""

from functools import cache
from pathlib import Path

from extractors import expressions as re
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.quantities import HEDGE
from extractors.vocabulary.stops import CLAUSE_ENDS

COMMITMENT_WORDS = Path(__file__).parents[1] / "data" / "commitment_words.tsv"

EVENT_UNITS = frozenset(("次", "轮", "遍", "场", "场次", "期", "批", "批次", "人次", "届"))
TIME_UNITS = frozenset(("年", "个月", "月", "天", "日", "周", "小时", "分钟", "秒", "工作日", "个工作日"))
SERVICE_TIME_UNITS = frozenset(("小时", "分钟", "个工作日", "工作日", "天", "日", "个小时"))
SHARE_UNITS = frozenset(("%", "‰", "个百分点", "百分点", "倍", "番"))
BETWEEN_THINGS = "(?:以及|[、和及与])"  # between two things of a list
ITEM_SEPARATOR = re.compile(r"[、和及与，并或]")
# words of rates: 参保率95%
RATE_NAME = re.compile(
    r"(?:率|比例|比重|占比|(?<![对相])比|覆盖面|满意度|知晓度|水平|系数|指数|贡献度|渗透率|浓度|强度|倍数|值|增速|增幅|涨幅|降幅|PUE)\Z"
)
# 销量达到总销量的20%: what the share is of stands between the verb and the number
PROPORTION = re.compile(
    r"(?:达到?|占到?|压[缩减降][至到]|降低?[至到]|减少[至到]|控制在|提高到|提升到|不低于|超过)[^，、]{2,24}的\Z"
)
# 完成 | 工程量 | 的60%: so much of it is done
SHARE_DONE = re.compile(r"完成(?P<whole>[\u4e00-\u9fff]{2,16})的\Z")
# 建成区40%以上 | 面积达到…要求: what the share of an area is to reach, without 的
AREA_REACHES = re.compile(r"(?:面积|区域|地区)(?:全部|均|基本)?(?:达到|实现|完成|建成|达标)")
EVERY_PERIOD = re.compile(r"每(?:[\d两二三四五]年|年度?|季度?|半年|个?月|周|学期)|年度|定期")
# 支持20个县: some are chosen
CHOOSING = re.compile(r"(?:支持|选择|遴选|选取|确定|择优)\Z")
# 12家, 3万户: what is counted one by one
COUNT_UNIT = re.compile(r"[十百千]?[万亿]?(?:个|家|户|条|项|处|所|座|名|批|支|种|类)")
# 组建专业队, 新建中心: what is made of means that exist
FOUNDING = r"(?:组建|新建|改建|扩建|创建|筹建|新增|增设|建成)"
WORK_DEEDS = "改造|整治|治理|修复|建设|加固"  # what is done to things that are there or are built
PART_IN_BRACKETS = re.compile(r"（[^（）]{1,20}）\Z")  # 入园率（农村）
_EACH_PLACE_NAMED = r"[\u4e00-\u9fff、]{0,10}(?:[市县区州旗盟乡镇村校学院园]|街道|社区)"
# 每个乡镇有 | 1所, 每个乡镇建有敬老院 | 1所: what there is to be in each place
IN_EACH_PLACE = re.compile(
    r"每个?(?![十百千万])[\u4e00-\u9fff]{1,8}?(?:都|均|至少)?(?:建有|设有|配有|拥有|有)[\u4e00-\u9fff]{0,12}\Z"
    # 各乡镇建有 | 1所, 县、乡镇各设有 | 1个; not 各乡镇有, which may be so many in all
    rf"|各(?:{_EACH_PLACE_NAMED})?[都均]?(?:建有|设有|配有)\Z|各{_EACH_PLACE_NAMED}[都均各](?:建有|设有|配有|有)[\u4e00-\u9fff]{{0,12}}\Z"
)
# 到2025年，各乡镇有 | 1所综合医院: with a date what each is to have
EACH_HAS_BY_DATE = re.compile(rf"各{_EACH_PLACE_NAMED}有\Z")
SMALL_PLACES = "(?:乡镇|镇街?|街镇|街道|村|社区|行政村|建制村|自然村)"  # where there is a part of what is counted
# 公里, 万亩: lengths and areas
EXPANSE = re.compile(r"[十百千]?[万亿]?(?:公里|千米|延米|米|平方米|平方公里|亩|公顷)")
# 座, 万户: things and homes, which are no parts of a plan as 项 and 个 may be
BUILT_UNIT = re.compile(r"[十百千]?万?(?:座|户|栋|幢|口|艘|辆|台|盏|棵|株|眼|根|架|床|间)")
SCALE_OF_UNIT = re.compile(r"^[十百千]?[万亿]")  # 万 | 户
NAME_OF_SHARE = re.compile(r"(?:[率比]|比[重例])\Z")  # 占比, 覆盖率: a value of it is in percent
CLASSIFIERS = "个家所座处名次期场批班"  # what is counted one by one, or takes place several times
# 年均|5000人, 每次|不少于50人: of what is said before
RATE_ALONE = re.compile(rf"(?:平均)?(?P<rate>年均|每(?:年|月|季度|[{CLASSIFIERS}村镇乡校户人]))(?:平均|为|约|达到?)?")
# 投资额5000万元以上|、亩均税收20万元以上的项目, 年产值超100亿元|、具备较强竞争力的企业: more of which things are meant
OTHER_SIZE_AFTER = re.compile(
    r"(?:、(?:[^，,、。；;\d]{2,14}[\d.,]+[^，,、。；;\d的]{1,8}?以[上下]|[^，,、。；;\d]{1,14}(?:超过?|达到?)[\d.,百千万亿]+[^，,、。；;\d的]{1,6}"
    r"|具[备有][^，,、。；;\d的]{2,16}|[^，,、。；;\d的]{1,10}(?:强|高|大|优|好|突出|完善|先进|鲜明|明显|齐全|健全|领先)))+"
    r"的(?!目标|水平|要求)[\u4e00-\u9fff]"
)
# 由2020年的 | 62% | 提高到80%, 由“十三五”末的 | 50万吨: where the change begins
STARTING_TIME = (
    rf"[由从](?:{CALENDAR_YEAR}年?(?:年?[底末初])?的?|(?:十[{ONES}]五)?(?:规划|时)?期?[末间]?的?(?:平均)?"
    r"|目前的?|现在的?|现有的?|当前的?)?\s?(?:约|近)?"
)
# 亿元, 万美元
MONEY_UNITS = re.compile(r"[十百千]?[万亿]*(?:美?元|元人民币)")
# 年度计划投资 | 20亿元, 实际利用外资 | 4亿美元: what is to be invested in a year or brought in
YEARS_INVESTMENT = re.compile(r"(?:年度|当年|本年|全年)(?:计划)?(?:完成)?投资额?")
YEARS_MONEY = re.compile(
    rf"(?:{YEARS_INVESTMENT.pattern}|(?:实际|合同)(?:利用|使用|到位)(?:境?外资|内资|[省市县区境]外(?:资金|投资)))\Z"
)
# 对|为 500个村 开展…: whom it serves
SERVING = re.compile(r"(?:为|对|给|向|帮助|帮扶)\Z")
# 比2020年, 较“十三五”末, 相对于2020年: what leads to the point of comparison; not 比率, 占比, 较大
COMPARED_WITH = "(?:相?(?:(?<!占)比(?![例重值率])|较(?![大小高低多少快好强重为]))于?|相对于?)"
# 加强与 | 1000家企业 开展合作
PARTNERED = re.compile(r"(?:加强|推动|深化|强化|组织)[\u4e00-\u9fff]{0,6}与\Z")
# 规划|实施, 规划|区: what makes 规划 the plan or a word of its own, and not what is planned
OF_THE_PLAN = "编制|实施|执行|落实|覆盖|完成|评估|审批|设计|管理|控制|目标|任务|指标|[区期馆院师图面范用人]"
# 规划高中 | 12所: things that are planned; not 规划区, 规划期末人口, 规划项目
PLANNED_THINGS = re.compile(
    rf"规划(?!{OF_THE_PLAN}|审查|项目|工程|投资|建议|要求|许可|环评|衔接|体系|成果|方案|总|[年展])[\u4e00-\u9fff“”]{{2,16}}"
)
# what is done for those who are served
SERVES = re.compile(
    r"[\u4e00-\u9fff、]{0,24}?(?:提供|适配|免费|实现|解决|实施|实行|开展|发放|(?<!村)落实|配备|配置|安装|进行|办理|建立|更新|更换|购置|添置|购买)"
)
# 提高到 | 每人每月 110元
APIECE = re.compile(r"(?:每(?:[人户亩年月日次生床村套]|平方公里|平方米|立方米|公顷|公里)|人均|户均|亩均)+\Z")
# 每千名老年人, 每万人口: what a rate is reckoned for
FOR_EACH = (
    rf"每[\d{ONES}十百千万]{{1,6}}[名位个户]?(?:常住|户籍|老年|学龄前|适龄)?"
    r"(?:人口|老年人|居民|儿童|婴幼儿|学生|职工|人|户)"
)
# 每千人口拥有 | 床位6张、医师3人, 人均拥有 | 图书1册、体育场地2平方米: holds for all of the list
FOR_EACH_HEAD = re.compile(rf"{FOR_EACH}(?:拥有|配备|配有|享有|有)?|[人户村生校]均(?:拥有|占有|配备)")
# 轮训一次, 排查两遍
REPEATED_DEED = re.compile(r"(?:轮?训|普查|排查|检查|巡查|演练|体检|覆盖|评估|调查|考核|督查|监测|会商|调度)\Z")
# 不少于, 原则上不超过, 至少; not 最高不超过, which limits what is granted
NORMATIVE = re.compile(rf"(?!最[高多]){HEDGE}?(?:不|至|≥|≤|最少)")

# 48小时 | 放行, 5个工作日 | 办结: what a public service does within a time
SERVICE_ACT = re.compile(
    r"(?:内|之内|以内)?(?:全部|一律|即|予以|完成|予|及时|依法|给予)*"
    r"(?:放行|办结|办理|办好|答复|回复|反馈|到达|到场|到位|赶到|抵达|出动|送达|处置|处理|响应|验放|通关|拨付|兑付|兑现|修复|恢复|抢通|出证|发证|出具|审结|审核|审批|核准|解决|受理|转办|签收|完成|查处|发布|报送|评审)"
)

# 为到2010年翻一番 | 奠定坚实基础
GROUNDWORK = re.compile(r"(?:奠定|打下|打好|创造)[\u4e00-\u9fff]{0,6}(?:基础|条件)")
MAX_SUBJECT = 60  # characters
MIN_DEED, MAX_DEED = 4, 80  # characters of what is to be done by a date
# what parts the clauses of a sentence
CLAUSE_MARKS = f"{CLAUSE_ENDS},;:!?\n"
CLAUSE_MARK = re.compile(f"[{CLAUSE_MARKS}]")


@cache
def words(of: str) -> tuple[str, ...]:
    """The words of a class of commitment_words.tsv, longest first: words('past') -> ('不足的问题', '下降了', …). Raises
    KeyError for a class that the file does not have."""
    for line in COMMITMENT_WORDS.read_text("utf-8").splitlines():
        name, _, listed = line.partition("\t")
        if name == of:
            return tuple(sorted(dict.fromkeys(listed.split()), key=lambda word: (-len(word), word)))
    raise KeyError(of)


@cache
def some(of: str) -> re.Pattern[str]:
    """The pattern of the words of a class (`words`) anywhere in a text: some('create') finds 新建 in '计划新建学校'.
    Raises KeyError as `words` does."""
    return re.compile("|".join(map(re.escape, words(of))))


@cache
def last(of: str) -> re.Pattern[str]:
    """The pattern of the words of a class (`words`), one or several in a row, at the end of a text only: last('reach')
    finds 达到 in '覆盖率达到'. The words must not stand right after 雷 or 马, because 达 is no verb in 雷达 and 马达.
    Raises KeyError as `words` does."""
    return re.compile(rf"(?<![雷马])(?:{'|'.join(map(re.escape, words(of)))})+\Z")
