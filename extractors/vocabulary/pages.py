"""The labels of the lines that a web page, a register or a database of laws sets around a text."""

# 标题: 文号: 发布单位: 发布日期: `publisher` and `published` are those of the page; `page` are labels that stand in no
# plan's own text, `other` those that may; both only end the value before them.
PAGE_LABELS = {
    "title": "title|标题|法规标题|法规名称|名称|文件名称|文件标题|信息名称|公文名称|公文标题|信息标题|政策标题|题名",
    "number": "文号|发文字号|发文文号|文件编号|文件号|公文文号|发布文号|公文号|发文号",
    "body": "发文机关|发文单位|制定机关|制定单位|印发机关|发文机构|制发机关|制发单位|成文机关|印发单位|发文部门"
    "|颁布单位|颁布机关|颁布部门",
    "publisher": "发布单位|发布机构|发布机关|发布部门|公开主体|公开单位|公开机构|公开责任部门|信息提供单位|公开部门",
    "date": "成文日期|发文日期|印发日期|签署日期|制定日期|公布日期|发文时间|成文时间|印发时间|成文日|颁布日期|颁布时间",
    "published": "date|发布日期|发布时间|公开日期|公开时间|生成日期|上网日期",
    "page": "信息来源|稿件来源|文章来源|来源|索引号|信息索引号|组配分类|体裁分类|信息分类"
    "|公开方式|公开范围|公开属性|公开类别|更新时间|更新日期|采集时间|抓取时间|浏览次数|浏览量|访问次数|访问量|阅读次数|阅读量|点击次数|点击数|点击量|下载次数"
    "|字号|语种|载体形式|责任编辑|原文链接|网址|法规分类|效力级别|效力位阶",
    "other": "主题分类|主题词|关键词|地区部门|有效性"
    "|效力状态|有效期|时效|时效性|实施日期|实施时间|施行日期|生效日期|废止日期"
    "|年份|体裁|服务对象|内容概述|作者|编辑",
}


def spaced_labels(labels: str) -> str:
    """A pattern, as text, for the labels, which | separates in `labels`: it also matches them where a page prints up to
    four characters of white space between theirs, and tries longer ones first: '标题|文号' -> a pattern that also
    matches '文 号'."""
    return "|".join(r"\s{0,4}".join(label) for label in sorted(labels.split("|"), key=lambda label: -len(label)))


# 上一篇：《…》, 下一条: …: the way from a page of a website to the next; not 下篇：改革措施
NEXT_PAGE = r"[-*•·<>〈〉《》【\[\s]{0,4}[上下前后]一[篇条]\s{0,2}[】\]]?\s{0,2}(?:[：:《]|$)"
# 相关文件：《…》, 政策解读：…, 相关链接 alone above a list: what the page has on the same matter
RELATED_PAGES = (
    r"[-*•·【\[\s]{0,4}(?:相关(?:文件|解读|链接|政策|阅读|新闻|文章|稿件|推荐|内容|信息|报道|法规)|延伸阅读|(?:政策|图文|文件|媒体|专家)解读"
    r"|(?:热点|猜你)(?:推荐|喜欢))\s{0,2}[】\]]?\s{0,2}(?:[：:]|$)"
)

# 本文正文由脚本自官方网站提取…, 依《中华人民共和国著作权法》第五条，…不适用著作权法。, 本网站内容受著作权法保护…: what
# who keeps a page or a copy says of the text; not 按照《著作权法》加强版权保护
SITE_NOTE = (
    r"[>＞*_\s]{0,6}(?:(?:版权|著作权|免责|网站|特别)?(?:声明|说明|提示)[：:]\s{0,2})?(?:"
    r"本(?:文|页|网页|页面|文档)(?!件)(?:的?(?:正文|内容|文本|全文|原文))?"
    r"(?:[^。；]{0,6}由(?:脚本|程序|爬虫|机器|软件)|[^。；]{0,12}仅供(?:检索|参考|查阅|学习)|[^。；]{0,12}以(?:官方|官网|原文|正式)[^。；]{0,12}为准)"
    r"|(?:依|依照|依据|根据|按照?)[^。；《]{0,12}《(?:中华人民共和国)?著作权法》[^。]{0,60}不(?:适用|受|享有|属于)[^。]{0,12}(?:著作权|版权|保护|本法)"
    r"|本(?:网站|站|网)[^。；]{0,24}(?:版权|著作权|转载|镜像)|版权所有(?!者|人|权)|版权归[^。；]{2,20}所有)"
)
# how the names of attached files end
FILE_ENDING = r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar|7z)"
# 【原文下载】, 下载附件：, - [云岭省养老服务规划.pdf](/b019.pdf): a line that leads to the file of the document
FILE_LINK = (
    r"(?:[-*•·【\[\s]{0,4}(?:(?:原文|全文|正文|附件|文件|文档|文本|PDF|WORD|Word)(?:版|稿)?下载|下载(?:原文|全文|正文|附件|文件|文档|文本))"
    r"\s{0,2}[】\]]?\s{0,2}(?:[：:]|$|(?<=[】\]]))"
    rf"|[【\[]附件[】\]]|(?:[-*•·\s]{{0,4}}|\d{{1,2}}[.．、]\s?)\[[^\[\]]{{1,200}}\]\([^()\s]{{1,400}}{FILE_ENDING}(?:[?#][^()\s]{{0,200}})?\s{{0,4}}\)\s{{0,4}}$)"
)

_PAGE_ONLY = "|".join(PAGE_LABELS[role] for role in ("publisher", "published", "page"))
# 更新时间：2024-01-02, 【文号】某发〔2024〕1号: a line that a page sets below a plan's last words
PAGE_LINE = (
    rf"(?:[-*•·|【\[\s]{{0,4}}(?:{spaced_labels(_PAGE_ONLY)})"
    rf"|[【\[](?:{spaced_labels('|'.join(PAGE_LABELS.values()))})(?=[】\]]))\s{{0,4}}[】\]]?\s{{0,2}}(?:(?<=[】\]])|[:：|])"
)
# 发文机关：某省人民政府, 文    号：某发〔2024〕1号, 【标题】…: a line that begins with a label of its own
_KEYS = "|".join(labels for role, labels in PAGE_LABELS.items() if role != "other")
KEY_LINE = rf"[【［\[]?(?:{spaced_labels(_KEYS)})\s{{0,4}}(?:[】］\]]|[:：])"
# 文号：某发〔2024〕1号　有效性：有效: a row of a register
KEY_ROW = rf"{KEY_LINE}.{{1,80}}?\s(?:{spaced_labels('|'.join(PAGE_LABELS.values()))})\s{{0,4}}[:：]"
