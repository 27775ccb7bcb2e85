"""Names of indicators from the cells that print them, and the names in a cell of departments."""

from collections.abc import Iterator

from extractors import expressions as re
from extractors.tables.cost import is_dash, is_unit
from extractors.vocabulary.duties import LINE_LABEL

# 森林覆盖率①, 参保率*, 床位数[1], 人均收入²; not the power of a unit, 万m³
NAME_NOTE_MARK = re.compile(
    r"(?:[*＊※★▲①-⑳⑴-⒇]|(?<![mM])[¹²³⁴⁵⁶⁷⁸⁹]|[\[［〔【]注?\d{1,2}[\]］〕】]|[（(]注\d{0,2}[）)])+"
)
# 1.森林覆盖率, （2）床位数, ①…
NAME_NUMBER = re.compile(r"^(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|其中[：:，,])")
# 森林覆盖率（%）, 总量（单位：万吨）
UNIT_IN_BRACKETS = re.compile(r"[（(\[【]\s*(?:单位[:：])?(?P<unit>[^（）()\[\]【】]{1,16})\s*[）)\]】]$")
# 人均收入，万元
UNIT_AFTER_COMMA = re.compile(r"[，,/／]\s*(?P<unit>[%％‰])$")
# …情况, …方面: what a group's label says beside its name
GROUP_TAIL = re.compile(r"(?:基本|主要)?(?:情况|方面|工作|类)$")
BODY_SEPARATOR = re.compile(r"[、，,；;/／\s]+")
# 县医保局|县税务局: no mark between two bodies
BODY_BOUNDARY = re.compile(
    r"(?<=[局委办部院署厅])(?=[市县区州省镇各旗盟][\u4e00-\u9fff]{1,12}(?:局|委|办|部|院|署|厅|政府|中心|会|室)(?:$|[市县区州省镇各]))"
)
LEADING_LABEL = re.compile(rf"^{LINE_LABEL}")
MIN_CLEAR_NAME = 4  # a name of so few characters says nothing without its group


def name_and_unit(text: str) -> tuple[str, str | None]:
    """The name of an indicator and its unit, from the text of its cell: '1.森林覆盖率①（%）' -> ('森林覆盖率', '%');
    ('参保率（含大病保险）', None) for '参保率（含大病保险）', whose brackets hold no unit. Up to two numbers (1.,
    （1）, ①: NAME_NUMBER) or 其中： before the name are left out, and where a mark of a note (NAME_NOTE_MARK) is in its
    last five characters, all such marks. The unit, one that `is_unit` knows, stands at the end in brackets (round,
    square or 【】) or, as % or ‰, after a comma or slash; None where there is none. Of several the last counts, and the
    others stay: '收入（元）（万元）' -> ('收入（元）', '万元')."""
    name, unit = NAME_NUMBER.sub("", NAME_NUMBER.sub("", text)), None
    for _ in range(3):
        bare = NAME_NOTE_MARK.sub("", name) if NAME_NOTE_MARK.search(name[-5:]) else name
        found = UNIT_IN_BRACKETS.search(bare) or UNIT_AFTER_COMMA.search(bare)
        if found and unit is None and is_unit(found["unit"]):
            bare, unit = bare[: found.start()], found["unit"]
        if bare == name:
            break
        name = bare
    return name, unit


def within_group(name: str, group: str | None, *, repeated: bool, own: bool) -> str:
    """The name of an indicator, with the name of its group in front where the name alone is not clear: the name '支出'
    in the group '门诊救助' -> 门诊救助支出. `group` is the name of the group, None where the row has none; 情况, 方面,
    工作 or 类 at its end, with 基本 or 主要 before it or not (GROUP_TAIL), is dropped where anything stays. `own` says
    that the row certainly belongs to the group.

    The name is not clear where another row has the same (`repeated`) and where it has fewer than MIN_CLEAR_NAME (4)
    characters; with `own` also where it has exactly as many, and where it ends as the group's name does, with two
    characters or more, which are then written once: 统筹基金收入 in the group 职工医保基金收入 -> 职工医保统筹基金收入.
    Where one of the two names contains the other, that of the group with or without what is dropped (so 就业人数 in
    就业工作), and where `group` is None, the name stays as it is.
    """
    if group is None or group in name or name in group:
        return name
    group = GROUP_TAIL.sub("", group) or group
    if group in name:
        return name
    common = 0
    while common < min(len(name), len(group)) and name[-1 - common] == group[-1 - common]:
        common += 1
    part = own and common >= 2
    if not (repeated or part or (own and len(name) <= MIN_CLEAR_NAME) or (len(name) <= MIN_CLEAR_NAME - 1)):
        return name
    if part:
        return group[: len(group) - common] + name
    return group + name


def department_names(text: str) -> Iterator[str]:
    """The names of bodies in a cell, in order: '市医保局、市财政局 市税务局' -> three names. They are divided at commas
    and 、, semicolons, slashes and white space, not at 和, and without a mark between a name in 局, 委, 办, 部, 院, 署
    or 厅 and one that begins with its level (市, 县, 各 …; 县医保局县税务局: BODY_BOUNDARY). A label before a name
    (牵头单位：), a full stop around it and one 等 after it are left out, and so are dashes and 无 in place of a name
    (`is_dash`)."""
    for part in BODY_SEPARATOR.split(text):
        for name in BODY_BOUNDARY.split(LEADING_LABEL.sub("", part).strip("。.").removesuffix("等")):
            if name and not is_dash(name) and not re.fullmatch(r"[-—–]+", name):
                yield name
