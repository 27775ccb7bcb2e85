"""Rows of presets for the views' tests and pictures: three fictional plans of 云岭省, and graphs of any size."""

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]

EVIL = "</script><img src=x onerror=\"document.title='broken'\">'\"&<b>“\u2028"

PLANS = [
    (
        "云岭省“十四五”综合交通运输发展规划",
        "yunling.txt",
        "云岭省",
        "provincial",
        "云政发〔2021〕12号",
        "云岭省人民政府",
    ),
    (
        "澄江市“十四五”交通运输发展规划",
        "chengjiang.txt",
        "澄江市",
        "prefectural",
        "澄政办发〔2022〕3号",
        "澄江市人民政府办公室",
    ),
    ("石桥县“十四五”交通运输规划", "shiqiao.txt", "石桥县", "county", None, "石桥县人民政府"),
]
REGIONS = [
    ("中国", "100000", "national", None),
    ("云岭省", "990000", "provincial", "中国"),
    ("澄江市", "990100", "prefectural", "云岭省"),
    ("石桥县", "990121", "county", "澄江市"),
]
NATIONAL = [
    ("交通强国建设纲要", None, "中共中央、国务院"),
    ("国家综合立体交通网规划纲要", None, "中共中央、国务院"),
    ("“十四五”现代综合交通运输体系发展规划", "国发〔2021〕27号", "国务院"),
    ("农村公路养护条例", None, None),
    ("关于推动城市公共交通健康发展的意见", "交运发〔2020〕8号", "交通运输部"),
]
PROVINCIAL = [
    ("云岭省国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", "云政发〔2021〕5号", "云岭省人民政府"),
    ("云岭省综合立体交通网规划", None, None),
    ("云岭省公路路网管理办法", "云政令第40号", "云岭省人民政府"),
]
LOCAL = [
    ("澄江市城市总体规划", "prefectural"),
    ("澄江市出租汽车管理办法", "prefectural"),
    ("石桥县农村公路建设三年行动方案", "county"),
]
CHAPTERS = {
    "发展基础": ["发展现状", "面临形势"],
    "总体要求": ["指导思想", "发展目标"],
    "重点任务": ["完善公路网络", "提升客运服务", "推进智慧交通"],
    "保障措施": ["加强组织领导", "强化资金保障"],
}
TASKS = {
    "完善公路网络": ["加快高速公路建设", "实施农村公路提升", "补齐枢纽短板"],
    "提升客运服务": ["优化公交线网", "发展定制客运"],
    "推进智慧交通": ["建设数据平台", "推广电子支付"],
    "加强组织领导": ["压实工作责任"],
    "强化资金保障": ["拓宽融资渠道"],
}
FUNCTIONS = ["交通运输", "发展改革", "财政", "自然资源", "公安", "住房城乡建设"]
INDICATORS = [
    ("高速公路里程", "公里", "预期性", (4200, 6000), (310, 420), (None, 45)),
    ("建制村通公交率", "%", "约束性", (88.5, 98), (92, 100), (85, 98)),
    ("公路优良路率", "%", "预期性", (81, 88), (84.2, 90), (79, 85)),
    ("城市公交分担率", "%", "预测性", (31, 36), (35, 42), (None, None)),
]


def sample() -> Callable[[str], list[Row]]:
    """`rows(preset)` of the three plans."""
    found: dict[str, list[Row]] = {name: [] for name in _NAMES}
    for name, code, level, parent in REGIONS:
        found["regions"].append({"region": name, "code": code, "level": level, "parent": parent})
    for number, plan in enumerate(PLANS):
        _plan(found, number, *plan)
    return _identified(found)


_NAMES = ("plans", "regions", "outline", "tasks", "indicators", "targets", "lineage", "responsibilities")


def _evidence(file: str, start: int, quote: str) -> Row:
    return {"file": file, "start": start, "end": start + len(quote), "quote": quote}


def _plan(
    found: dict[str, list[Row]],
    number: int,
    title: str,
    file: str,
    region: str,
    level: str,
    doc: str | None,
    issuer: str,
) -> None:
    code = next(c for n, c, *_ in REGIONS if n == region)
    plan: Row = {
        "plan": title,
        "file": file,
        "region": region,
        "region_code": code,
        "doc_number": doc,
        "issuer": issuer,
    }
    plan |= {"issued": f"202{number + 1}-05-0{number + 1}", "period_start": 2021, "period_end": 2025, "horizon": 2035}
    found["plans"].append({**plan, "policy_id": f"https://x.example/id/policy/{region}/{title}"})
    _lineage(found["lineage"], number, title, file, level)
    at = 1000
    for index, (chapter, sections) in enumerate(CHAPTERS.items()):
        heading = {
            "plan": title,
            "number": f"第{'一二三四'[index]}章",
            "title": chapter,
            "kind": "chapter",
            "parent": None,
        }
        found["outline"].append({**heading, "position": len(found["outline"]), **_evidence(file, at, chapter)})
        at += 10
        for section in sections:
            heading = {"plan": title, "number": "第一节", "title": section, "kind": "section", "parent": chapter}
            found["outline"].append({**heading, "position": len(found["outline"]), **_evidence(file, at, section)})
            at += 10
            for task in TASKS.get(section, []):
                text = f"{task}。由交通运输部门牵头，会同{FUNCTIONS[1 + at // 10 % 5]}等部门推进，到2025年完成{5 + number}项。"
                row = {"plan": title, "task": task, "parent": section, "label": task}
                found["tasks"].append({**row, **_evidence(file, at, text)})
                for name, role in ((FUNCTIONS[0], "lead"), (FUNCTIONS[1 + at // 10 % 5], "participant")):
                    duty = {"plan": title, "task": task, "department": f"{name}部门", "function": name, "role": role}
                    found["responsibilities"].append({**duty, **_evidence(file, at + 6, text[6:-1])})
                target = {"plan": title, "task": task, "subject": f"{task}项目", "op": "=", "value": 5 + number}
                found["targets"].append(
                    {**target, "unit": "项", "deadline": "2025", **_evidence(file, at + 8, text[8:20])}
                )
                at += 100
    for name, unit, kind, *values in INDICATORS:
        baseline, target = values[number]
        if target is None:
            continue
        row = {
            "plan": title,
            "region": region,
            "indicator": name,
            "concept": name,
            "dimension": "基础设施",
            "kind": kind,
        }
        row |= {"departments": None, "unit": unit, "baseline_year": 2020, "baseline_op": baseline and "="}
        row |= {"baseline_text": baseline and str(baseline), "baseline_value": baseline, "target_year": 2025}
        row |= {"target_text": f"{target}以上", "target_op": ">=", "target_value": target}
        found["indicators"].append({**row, **_evidence(file, at, f"{name} {baseline} {target}以上")})
        at += 30


def _lineage(rows: list[Row], number: int, title: str, file: str, level: str) -> None:
    def cite(policy: str, relation: str, cited: str, doc: str | None, issuer: str | None, at: int, said: str) -> None:
        row = {"plan": title, "relation": relation, "policy": policy, "work": None, "doc_number": doc, "issuer": issuer}
        row |= {"policy_id": f"https://x.example/id/policy/{policy}", "level": cited}
        rows.append({**row, **_evidence(file, at, said)})

    for index, (policy, doc, issuer) in enumerate(NATIONAL):
        if index != 3 or number != 0:
            relation = "basis" if index < 3 else "implements"
            cite(
                policy, relation, "national", doc, issuer, 20 + 40 * index, f"根据《{policy}》，结合实际，制定本规划。"
            )
    cite(NATIONAL[0][0], "basis", "national", None, None, 500, f"以《{NATIONAL[0][0]}》为统领，推动高质量发展。")
    for index, (policy, doc, issuer) in enumerate(PROVINCIAL[: 3 if number else 2]):
        relation = ("basis", "basis", "implements")[index]
        cite(policy, relation, "provincial", doc, issuer, 300 + 40 * index, f"依据《{policy}》编制本规划。")
    if number:
        upper = PLANS[number - 1]
        row = {"plan": title, "relation": "basis", "policy": upper[0], "work": None, "doc_number": upper[4]}
        row |= {
            "issuer": upper[5],
            "level": upper[3],
            "policy_id": f"https://x.example/id/policy/{upper[2]}/{upper[0]}",
        }
        rows.append({**row, **_evidence(file, 440, f"落实《{upper[0]}》的总体安排，制定本规划。")})
        policy, cited = LOCAL[number]
        cite(policy, "issued", cited, None, None, 900, f"印发《{policy}》，规范行业管理。")
    if number == 1:
        cite(LOCAL[0][0], "mentions", "prefectural", None, None, 950, f"《{LOCAL[0][0]}》确定的空间格局基本形成。")


def evil() -> Callable[[str], list[Row]]:
    """The sample with markup in every title, number, name and quote."""
    rows = sample()

    def spoiled(name: str) -> list[Row]:
        keep = {"level", "kind", "relation", "role", "op", "code", "region_code", "deadline", "issued"}
        return [
            {
                key: value + EVIL if isinstance(value, str) and key not in keep and not key.endswith("_id") else value
                for key, value in row.items()
            }
            for row in rows(name)
        ]

    return spoiled


def large(plans: int, tasks: int, cited: int) -> Callable[[str], list[Row]]:
    """`plans` plans of `tasks` tasks each, every one with two departments and a target, `cited` policies a plan."""
    found: dict[str, list[Row]] = {name: [] for name in _NAMES}
    found["regions"] = [{"region": n, "code": c, "level": v, "parent": p} for n, c, v, p in REGIONS]
    for number in range(plans):
        region, code, *_ = REGIONS[1 + number % 3]
        title, file = f"{region}第{number}号专项规划", f"plan{number:04}.txt"
        plan: Row = {
            "plan": title,
            "file": file,
            "region": region,
            "region_code": code,
            "doc_number": None,
            "issuer": None,
        }
        plan |= {"issued": None, "period_start": 2021, "period_end": 2025, "horizon": None, "policy_id": title}
        found["plans"].append(plan)
        for index in range(tasks):
            at = 1000 * index + 1000
            if index % 8 == 0:
                section = f"重点领域{index // 8}"
                heading = {"plan": title, "number": None, "title": section, "kind": "chapter", "parent": None}
                found["outline"].append({**heading, "position": index, **_evidence(file, at - 10, section)})
            label = f"推进第{index}项工程建设"
            text = f"{label}，完善体制机制，提升服务水平，确保按期完成年度目标任务，形成可复制可推广的经验。"
            row = {"plan": title, "task": label, "parent": section, "label": label}
            found["tasks"].append({**row, **_evidence(file, at, text)})
            for role, shift in (("lead", 0), ("participant", 1)):
                name = f"职能{(index + shift) % 30}"
                duty = {"plan": title, "task": label, "department": name, "function": name, "role": role}
                found["responsibilities"].append({**duty, **_evidence(file, at + 2, text[2:30])})
        for index in range(cited):
            number_cited = (number * 7 + index * index) % (plans * cited // 3 + 5)
            policy = f"关于第{number_cited}号事项的指导意见"
            row = {"plan": title, "relation": "basis", "policy": policy, "work": None, "policy_id": policy}
            row |= {"doc_number": None, "issuer": None, "level": ("national", "provincial")[number_cited % 2]}
            found["lineage"].append({**row, **_evidence(file, 10 * index, f"根据《{policy}》")})
    return _identified(found)


def _identified(found: dict[str, list[Row]]) -> Callable[[str], list[Row]]:
    """The rows with the ids that presets give: of a plan its file, of a heading or task where it stands."""
    headings: dict[tuple[str, str], str] = {}
    tasks: dict[tuple[str, str], str] = {}
    for name in _NAMES:
        for row in found[name]:
            if "file" not in row:
                continue
            file = row["file"]
            row["plan_id"] = f"https://x.example/id/document/{file}"
            row["fact_id"] = f"{row['plan_id']}/{name}/{row.get('start')}"
            if name in ("outline", "tasks"):
                row["parent_id"] = headings.get((file, row["parent"]))
                row["heading_id"] = None
            if name == "outline":
                row["heading_id"] = headings[file, row["title"]] = row["fact_id"]
            elif name == "tasks":
                row["task_id"] = tasks[file, row["label"]] = row["fact_id"]
            elif name in ("targets", "responsibilities"):
                row["task_id"] = tasks.get((file, row["task"]))
    return lambda name: found.get(name, [])
