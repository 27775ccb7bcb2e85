"""Files that hold one plan twice are said, and count once in comparisons."""

from pathlib import Path

import pytest
from hostile.word import body, word

from kg.builder import build, build_shards
from kg.builder.loading import load_shards
from kg.builder.shards import Shards
from kg.stores import open_store
from queries.empty import ALIGNED, preset_runner, why_empty
from queries.generated import generated
from queries.presets import preset, presets

LINES = [
    "泽宁市养老服务发展规划",
    "一、总体要求",
    "到2025年，全市建成街道养老服务中心30个，护理型床位占比达到55%以上。",
    "二、重点任务",
    "（一）完善养老设施。新建改建养老院12所，由市民政局牵头，市财政局配合。",
    "（二）培养护理人才。培训养老护理员3000人次，由市人力资源社会保障局牵头。",
]
TEXT = "\n".join(LINES)


def docx(lines: list[str]) -> bytes:
    return word(body("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)))


def answers(folder: Path, *names: str) -> list[list[object]]:
    with open_store(str(folder / "plans.kg"), write=True) as store:
        build([folder / "in"], store, prune=True, agree=lambda gone, plans: True)
        return [
            list(preset(name).run(store).of(columns.split()).rows)
            for name, columns in zip(names[::2], names[1::2], strict=True)
        ]


def test_the_same_bytes_and_the_same_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "规划.txt").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "规划 副本.txt").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "规划.docx").write_bytes(docx(LINES))
    changed = [
        line.replace("30个", "45个").replace("养老院12所", "敬老院、幸福院和日间照料中心8处") for line in LINES[:5]
    ]
    (tmp_path / "in" / "另一规划.txt").write_text("\n".join([*changed, "（二）发展银发经济。" * 9]), "utf-8")
    asked = (
        "duplicates",
        "file other_file reason used",
        "department-workload",
        "file",
        "plans",
        "file",
    )
    twice, workload, files = answers(tmp_path, *asked)
    assert twice == [
        ("规划 副本.txt", "规划.docx", "same plan, nearly the same text", "规划.docx"),
        ("规划.txt", "规划.docx", "same plan, nearly the same text", "规划.docx"),
    ]
    assert len(files) == 4  # they stay in the store
    assert {file for (file,) in workload} == {"规划.docx", "另一规划.txt"}

    same_bytes = [("规划.txt", "规划 副本.txt", "same bytes", "规划 副本.txt")]
    with monkeypatch.context() as patched:  # as where another version of the program reads other facts of these files
        patched.setattr("kg.builder.duplicates._nearly_same", lambda one, other: False)
        assert answers(tmp_path, "duplicates", "file other_file reason used") == [same_bytes]

    (tmp_path / "in" / "规划.docx").unlink()
    twice, _ = answers(tmp_path, "duplicates", "file other_file reason used", "plans", "file")
    assert twice == same_bytes

    (tmp_path / "in" / "规划.txt").unlink()
    assert answers(tmp_path, "duplicates", "file other_file reason used") == [[]]


@pytest.mark.parametrize("held", [False, True])
def test_shards_that_are_loaded(held: bool, tmp_path: Path) -> None:
    """Also where the other file is in the store already."""
    address = str(tmp_path / "plans.kg")
    for name in ("一.txt", "二.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    if held:
        with open_store(address, write=True) as store:
            build([tmp_path / "一.txt"], store)
    shards = Shards.open(str(tmp_path / "shards"), write=True)
    build_shards([tmp_path / "一.txt", tmp_path / "二.txt"], shards)
    assert load_shards(shards, address) == (1 if held else 2, held)
    with open_store(address) as store:
        assert list(preset("duplicates").run(store).of(["file", "used"]).rows) == [("二.txt", "一.txt")]


NOTICE = "泽宁市发展和改革委员会　泽宁市民政局\n关于印发《泽宁市养老服务发展规划》的通知\n2022年1月29日"


def test_a_part_of_a_plan(tmp_path: Path) -> None:
    """The whole is used, though the format of the excerpt knows its paragraphs; another text of that size is none."""
    (tmp_path / "in").mkdir()
    more = [
        f"（{number}）发展{what}。新建{what}基地5个。"
        for number, what in zip("三四五", ("康养", "助餐", "护理"), strict=True)
    ]
    (tmp_path / "in" / "全文.txt").write_text("\n".join([*LINES, *more, *more]), "utf-8")
    (tmp_path / "in" / "节选.docx").write_bytes(docx(LINES[:3]))
    (tmp_path / "in" / "另一.txt").write_text("\n".join([LINES[0], "一、发展目标", "新建托育园7所。"]), "utf-8")
    columns = "file other_file reason used"
    assert answers(tmp_path, "duplicates", columns) == [
        [("节选.docx", "全文.txt", "same plan, a part of the text", "全文.txt")]
    ]


def test_a_plan_in_two_files_counts_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("一.txt", "二.txt"):
        (tmp_path / "in" / name).write_text(f"{NOTICE}\n{TEXT}\n根据《国家老龄事业发展规划》制定本规划。", "utf-8")
    with open_store(str(tmp_path / "plans.kg"), write=True) as store:
        build([tmp_path / "in"], store)
        for name, given in {
            "due": {},
            "department-tasks": {"department": "民政"},
            "cited-by": {"policy": "老龄"},
            "policy-diffusion": {},
        }.items():
            rows = preset(name).run(store, given).of(("file",)).rows
            assert {file for (file,) in rows} == {"一.txt"}, name
        assert {plans for (plans,) in preset("policy-timeline").run(store).of(("plans",)).rows} == {1}
        assert [row[2] for row in preset("joint-issuers").run(store).rows] == [1]
        twice = preset("due")
        said = why_empty(twice, preset_runner(store), {"plan": "二.txt"})
        assert said == "二.txt holds the same plan as 一.txt, which counts in its place: ask for plan=一.txt"
        assert "finds nothing" in why_empty(preset("projects"), preset_runner(store), {"plan": "二.txt"})


def test_presets_that_list_what_each_file_says() -> None:
    """All others leave out the files that are not used; those of alignments compare none of them."""
    aligned = set(ALIGNED)
    of_files = {"plans", "documents", "texts", "stats", "facts", "corrections", "duplicates", "unread", "regions"}
    of_facts = {"outline", "tasks", "indicators", "observations", "targets", "lineage", "responsibilities", "projects"}
    checks = {"unparsed-values", "possible-matches", *generated()}
    for name, found in presets().items():
        left_out = "kg:leftOut ?doc }" in (found.sparql or "")
        assert left_out == ("(:Duplicate)-[:LEFT_OUT]->(d)" in (found.cypher or "")), name
        assert left_out != (name in aligned | of_files | of_facts | checks), name
