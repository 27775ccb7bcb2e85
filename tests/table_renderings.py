"""Random indicator tables, and the ways in which conversions set a table down. Used by tests and by the measure."""

import random
import re
from dataclasses import dataclass

SUBJECTS = [
    "基本养老服务",
    "城乡供水",
    "非化石能源",
    "公共文化设施",
    "农村生活污水",
    "城市公共交通",
    "森林",
    "湿地",
    "居民健康素养",
    "义务教育",
    "高标准农田",
    "规模以上工业企业",
    "数字政务服务事项",
    "普通国省道",
    "天然气",
    "再生水",
    "每千人口执业医师",
    "新增城镇就业",
    "残疾人康复服务",
    "一般工业固体废物",
    "单位地区生产总值",
    "社区养老服务设施",
    "五保供养对象",
    "文物保护单位",
    "永久基本农田",
    "水利工程",
]
MIDDLES = [
    *("", ""),
    *[
        "覆盖",
        "综合利用",
        "达标",
        "安全保障",
        "人均占有",
        "专业化运营",
        "提质改造完成",
        "配建",
        "年均服务",
        "（含重点区域）",
        "标准化建设与管理服务",
    ],
]
MEASURES = [
    tuple(pair.split("/"))
    for pair in [
        "率/%",
        "比例/%",
        "总量/万吨",
        "面积/万亩",
        "数量/个",
        "人数/万人",
        "里程/公里",
        "投入强度/%",
        "供给能力/亿立方米",
        "床位数/张",
        "人次/万人次",
        "增加值占比/%",
        "保有量/家",
        "装机容量/万千瓦",
    ]
]
PHRASES = [
    "保持稳定",
    "实现全覆盖",
    "持续提升",
    "完成省级下达任务",
    "控制在省下达指标以内",
    "稳步提高并与经济发展水平相适应",
    "基本建成覆盖城乡的服务网络",
    "县级统筹",
    "市级统筹",
    "每个县（区）不少于1所",
    "达到国家标准并力争优于全省平均水平",
]
GROUPS = (
    "经济发展",
    "创新驱动",
    "民生福祉",
    "绿色生态",
    "安全保障",
    "服务体系",
    "设施建设",
    "人才队伍",
    "资源利用",
    "公共服务能力建设",
)
BODIES = (
    "市民政局",
    "市财政局",
    "市水利局",
    "市发展改革委",
    "市交通运输局",
    "市自然资源局",
    "市文化广电旅游局",
    "市生态环境局",
    "市农业农村局",
)
KINDS = ("约束性", "预期性")
NAME_HEADS = ("指标名称", "主要指标", "指标", "具体指标")
BASE_HEADS = ("2020年", "2020年实际值", "2020年基期值", "基期值", "“十三五”期末数（2020年）")
AIM_HEADS = ("2025年", "2025年目标值", "2025年目标", "目标值")
KIND_HEADS = ("属性", "指标属性", "指标性质")
BODY_HEADS = ("牵头单位", "责任单位", "责任部门")
GROUP_HEADS = ("类别", "考察维度", "领域")


@dataclass(frozen=True)
class Sample:
    """`roles` and `heads` by column; `rows` hold what each row means, its group's label and unit in every row."""

    title: str
    roles: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sample(seed: int, *, groups: bool | None = None) -> Sample:
    """A table of 4 to 14 rows with a random set of columns."""
    rng = random.Random(seed)
    roles = ["name", "base", "aim"]
    if rng.random() < 0.6:
        roles.insert(1, "unit")
    if rng.random() < 0.5:
        roles.insert(0, "serial")
    if (rng.random() < 0.4) if groups is None else groups:
        roles.insert(rng.choice((0, len(roles) - 2)) if roles[0] == "name" else 0, "group")
        if roles.index("group") > 0:
            roles.remove("group")
            roles.insert(0, "group")
    if rng.random() < 0.3:
        roles.append("body")
    if rng.random() < 0.85 or "body" not in roles:
        roles.append("kind")
    heads = {
        "serial": "序号",
        "name": rng.choice(NAME_HEADS),
        "unit": "单位",
        "base": rng.choice(BASE_HEADS),
        "aim": rng.choice(AIM_HEADS),
        "kind": rng.choice(KIND_HEADS),
        "body": rng.choice(BODY_HEADS),
        "group": rng.choice(GROUP_HEADS),
    }
    rows, names, labels = [], set(), list(GROUPS)
    rng.shuffle(labels)
    group, left = "", 0
    for n in range(rng.randint(4, 14)):
        if left == 0:
            group, left = labels.pop(), rng.randint(1, 4)
        left -= 1
        name, unit = _name(rng)
        while name in names:
            name, unit = _name(rng)
        names.add(name)
        base, aim, unit = _values(rng, unit, "unit" in roles)
        body = "、".join(rng.sample(BODIES, rng.randint(1, 3)))
        row = {
            "serial": str(n + 1),
            "name": name,
            "unit": unit,
            "base": base,
            "aim": aim,
            "kind": rng.choice(KINDS),
            "body": body,
            "group": group,
        }
        rows.append(tuple(row[role] for role in roles))
    return Sample("“十四五”主要发展指标", tuple(roles), tuple(heads[role] for role in roles), tuple(rows))


def _name(rng: random.Random) -> tuple[str, str]:
    measure, unit = rng.choice(MEASURES)
    return rng.choice(SUBJECTS) + rng.choice(MIDDLES) + measure, unit


def _values(rng: random.Random, unit: str, has_unit: bool) -> tuple[str, str, str]:
    if rng.random() < 0.2:
        base = rng.choice(("—", "-", *PHRASES[:2], "县级统筹"))
        return base, rng.choice(PHRASES), "—" if has_unit else unit
    low = rng.choice((round(rng.uniform(1, 99), 1), rng.randint(1, 99)))
    high = round(low * rng.uniform(1, 1.5), 2) if unit != "%" else min(100, round(low + rng.uniform(0, 10), 1))
    form = rng.choice(("{}", "{}", "{}", "{}以上", "{}左右", "≥{}"))
    tail = "" if has_unit else unit
    aim = form.replace("{}", f"{high}{tail}")
    base = rng.choice((f"{low}{tail}",) * 5 + ("—",))
    return base, aim, unit


def as_tabs(table: Sample, seed: int, mark: str = "\t") -> str:
    """Tabs, with the head repeated and a row broken over a page here and there; group labels only where they begin."""
    rng = random.Random(seed)
    lines = [mark.join(table.heads)]
    before = None
    for row in table.rows:
        cells = list(row)
        if "group" in table.roles:
            at = table.roles.index("group")
            if before == cells[at] and rng.random() < 0.9:
                cells[at] = ""
            before = row[at]
        if rng.random() < 0.15:
            at = table.roles.index("aim")
            cut = len(cells[at]) // 2
            rest = [""] * len(cells)
            if cut >= 2 and not any(c.isdigit() for c in cells[at]):
                rest[at], cells[at] = cells[at][cut:], cells[at][:cut]
                lines += [mark.join(cells), "", mark.join(table.heads), mark.join(rest)]
                continue
        lines.append(mark.join(cells))
        if rng.random() < 0.08:
            lines += ["", mark.join(table.heads)]
    return "\n".join(lines)


def as_pipes(table: Sample, seed: int) -> str:
    rng = random.Random(seed)
    rule = "|" + "|".join(rng.choice(("---", ":--", ":-:", "-----")) for _ in table.heads) + "|"
    body = as_tabs(Sample(table.title, table.roles, table.heads, table.rows), seed, " | ").split("\n")
    lines = [f"| {line} |" if line else "" for line in body]
    return "\n".join([lines[0], rule, *lines[1:]])


def wrap(text: str, width: int) -> list[str]:
    """'参保率（%）' in lines of so many half-width characters; a number is not broken, nor a mark put first."""
    lines, line, used = [], "", 0
    for piece in _pieces(text):
        wide = sum(2 if ord(c) > 0x2000 else 1 for c in piece)
        if used + wide > width and line and piece not in "，。、）":
            lines.append(line)
            line, used = "", 0
        line, used = line + piece, used + wide
    return [*lines, line]


def _pieces(text: str) -> list[str]:
    found: list[str] = []
    for c in text:
        if found and ord(c) < 0x2000 and ord(found[-1][-1]) < 0x2000:
            found[-1] += c
        else:
            found.append(c)
    return found


def widths(table: Sample, rng: random.Random, least: int = 8) -> list[int]:
    found = []
    for role, _, *cells in zip(table.roles, table.heads, *table.rows, strict=True):
        full = max(sum(2 if ord(c) > 0x2000 else 1 for c in text) for text in cells)
        if role == "serial":
            found.append(4)
        elif role in ("unit", "kind"):
            found.append(max(6, full))
        elif role == "group":
            found.append(rng.choice((2, 4, 8, full)))
        elif role in ("base", "aim"):
            found.append(max(rng.choice((8, 10, 14, 20)), min(full, 8)))
        else:
            found.append(max(least, min(full, rng.choice((12, 16, 18, 24, 36)))))
    return found


def as_wrapped(table: Sample, seed: int, *, blanks: bool = True, page: bool = True) -> str:
    """One cell after another as a PDF draws them, every line of a cell on its own; what stands at the same height
    as the words before it is on their line. A group's label is drawn with its first row."""
    rng = random.Random(seed)
    wide = widths(table, rng)
    out: list[str] = []
    last: list[float] = [-9.0]
    top = 0.0

    def draw(row: tuple[str, ...], spans: dict[int, int], heights: list[int], at: int) -> None:
        nonlocal top
        cells = {c: wrap(text, wide[c]) for c, text in enumerate(row) if text}
        for c, lines in cells.items():
            height = sum(heights[at : at + spans.get(c, 1)])
            for k, line in enumerate(lines):
                y = top + max(0.0, (height - len(lines)) / 2) + k
                gap = abs(y - last[0])
                if out:
                    out.append(
                        " "
                        if gap < 0.1
                        else (
                            "\n"
                            if gap < 1 or not blanks or (gap == 1 and y < last[0] and rng.random() < 0.5)
                            else "\n\n"
                        )
                    )
                out.append(line)
                last[0] = y
        top += heights[at]

    def height(row: tuple[str, ...], skip: int | None = None) -> int:
        return max(len(wrap(text, wide[c])) for c, text in enumerate(row) if text and c != skip)

    head_height = [height(table.heads)]
    draw(table.heads, {}, head_height, 0)
    at = table.roles.index("group") if "group" in table.roles else None
    heights = [height(row, at) for row in table.rows]
    shown = []
    starts = {}
    for n, row in enumerate(table.rows):
        if at is not None and n and table.rows[n - 1][at] == row[at]:
            shown.append((*row[:at], "", *row[at + 1 :]))
        else:
            shown.append(row)
            starts[n] = 1
            if at is not None:
                span = 1
                while n + span < len(table.rows) and table.rows[n + span][at] == row[at]:
                    span += 1
                starts[n] = span
                short = len(wrap(row[at], wide[at])) - sum(heights[n : n + span])
                heights[n + span - 1] += max(0, short)
    for n, row in enumerate(shown):
        if page and n and rng.random() < 0.06:
            out.append(f"\n\n\n\n-{n + 3}- -{n + 3}-\n\n")
            last[0] = -9.0
            out.append("")
            if rng.random() < 0.5:
                draw(table.heads, {}, head_height, 0)
        draw(row, {at: starts.get(n, 1)} if at is not None else {}, heights, n)
    return "".join(out)


def as_spaced(table: Sample, seed: int) -> str:
    """Wrapped, with a space between Chinese characters and figures: 2020 年, 达到 85 %左右."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])", " ", as_wrapped(table, seed))


def as_lines(table: Sample, seed: int) -> str:
    """Every line of every cell on a line of its own, cell by cell."""
    rng = random.Random(seed)
    wide = widths(table, rng)
    out = []
    before = None
    at = table.roles.index("group") if "group" in table.roles else None
    for row in (table.heads, *table.rows):
        for c, text in enumerate(row):
            if c == at and text == before:
                continue
            if c == at:
                before = text
            out += wrap(text, wide[c])
    return "\n\n".join(out)


def as_visual(table: Sample, seed: int) -> str:
    """Line by line as the eye sees them, cells in the middle of their rows, single spaces between: the lines of one
    cell stand above and below those of its neighbours, a group's label in the middle of its rows."""
    rng = random.Random(seed)
    wide = [max(w, _wide(head)) for w, head in zip(widths(table, rng), table.heads, strict=True)]
    at = table.roles.index("group") if "group" in table.roles else None
    marks: list[tuple[float, int, str]] = []  # height on the page, column, words
    top = 0.0
    runs: list[tuple[str, float, float]] = []
    for n, row in enumerate((table.heads, *table.rows)):
        cells = [wrap(text, wide[c]) if c != at or n == 0 else [] for c, text in enumerate(row)]
        height = max(map(len, cells))
        for c, lines in enumerate(cells):
            marks += [(top + (height - len(lines)) / 2 + k, c, line) for k, line in enumerate(lines)]
        if at is not None and n:
            first = runs.pop()[1] if runs and runs[-1][0] == row[at] else top
            runs.append((row[at], first, top + height))
        top += height + 0.01
    for label, first, behind in runs:
        lines = wrap(label, wide[at or 0])
        lines = lines if len(lines) <= behind - first else [label]
        marks += [((first + behind - len(lines)) / 2 + k, at or 0, line) for k, line in enumerate(lines)]
    out: list[str] = []
    last = -9.0
    for y, _, words in sorted(marks, key=lambda mark: (round(mark[0] * 2), mark[1])):
        if out and round(y * 2) == round(last * 2):
            out[-1] += " " + words
        else:
            out.append(words)
        last = y
    return "\n".join(out)


def _wide(text: str) -> int:
    """The width in half-width characters."""
    return sum(2 if ord(c) > 0x2000 else 1 for c in text)
