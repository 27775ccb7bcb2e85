"""Titles of plans, and of the notices that carry them: the words of both, once."""

# What a plan's title ends with.
TITLE_KINDS = (
    r"(?:规划|纲要|计划|方案|意见|战略|行动|要点|办法|措施|建议|决定|决议|通知|批复|目标|规定|细则|安排|指引|导则|蓝图|任务|政策"
    r"|条例|指南|总规|工程|思路|评估报告)"
)
