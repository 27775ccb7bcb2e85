"""OFD files, Excel workbooks, saved web pages, zip archives; and formats that no reader takes."""

import os
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hostile.word import body, packed, word
from ofd_maker import OfdPage, ofd
from xlsx_maker import workbook

from extractors.pipeline import extract, pipeline
from extractors.readers import Limits, read, read_bytes
from extractors.readers.xlsx_formats import BUILT_IN_FORMATS, formatted
from kg.builder.finding import find, skipped_lines
from ontology.model.errors import Refused
from ontology.model.facts import Indicator
from ontology.model.source import Source

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
PLAN = "青禾县供水规划\n一、总体要求\n到2025年，建成水库3座。\n"


def directory(name: str) -> bytes:
    """A compound file with a stream of that name in its directory."""
    return COMPOUND + name.encode("utf-16-le") + bytes(64)


def odf(kind: str) -> bytes:
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>"})


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("plan.docx", b"Rar!\x1a\x07\x01\x00", "a RAR archive; unpack it"),
        ("plan.7z", b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it"),
        ("plan.pdf", b"\xff\xd8\xff\xe0JFIF", "a JPEG picture; put it into a PDF file and build with --ocr"),
        ("plan.png", b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        ("plan.tif", b"II*\0rest", "a TIFF picture"),
        ("plan.ceb", b"Founder CEB 3.0", "a CEB file of Founder Apabi; open it in the program"),
        ("plan.caj", b"CAJ\0\0", "a CAJ file of CNKI"),
        ("plan.pptx", packed({"ppt/presentation.xml": "<p/>"}), r"a PowerPoint presentation \(.pptx\); save it as .docx or .pdf"),
        ("plan.doc", directory("PowerPoint Document"), r"a PowerPoint presentation \(.ppt, .dps\)"),
        ("plan.xlsb", packed({"xl/workbook.bin": b"\0"}), "an Excel binary workbook"),
        ("plan.odt", odf("presentation"), "an OpenDocument drawing or presentation"),
        ("plan.epub", packed({"mimetype": "application/epub+zip"}), "an e-book"),
        ("plan.docx", directory("EncryptedPackage"), "protected by a password; save it without one"),
        ("plan.msg", directory("__properties_version1.0"), "an Outlook message"),
        ("plan.docx", packed({"a.jpg": b"\xff"}), "a zip archive without a file that can be read"),
        ("plan.zip", packed({"a.txt": PLAN, "b.txt": PLAN}), r"several files; name one: plan.zip/a.txt \(a.txt、b.txt\)"),
        ("plan.ofd", packed({"OFD.xml": "<ofd/>"}), "an OFD file without a document in it"),
        ("plan.xlsx", packed({"xl/workbook.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "declares entities"),
        ("plan.mht", b"MIME-Version: 1.0\nContent-Type: image/png\n\nAAAA", "without a page in it"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_real_format_and_the_way_out(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_bytes(name, data)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("plan.docx", ofd([OfdPage().text(30, 30, "供水规划")]), "ofd"),
        ("plan.ofd", word(body("<w:p><w:r><w:t>供水规划</w:t></w:r></w:p>")), "docx"),
        ("plan.docx", workbook({"a": [["供水规划", "x"], ["a", "b"]]}), "xlsx"),
        ("plan.zip", packed({"附件/供水规划.txt": PLAN}), "txt"),
        ("plan.txt", b"MIME-Version: 1.0\n" + PLAN.encode(), "txt"),  # a text may begin as it likes
    ],
)
def test_the_bytes_tell_the_format(name: str, data: bytes, kind: str) -> None:
    source = read_bytes(name, data)
    assert (source.format, source.name) == (kind, name)
    assert "供水规划" in source.text


# OFD


def pages() -> list[OfdPage]:
    first = OfdPage().text(50, 20, "青禾县“十四五”供水发展规划", 8, "2").text(41, 40, "第一章 主要目标", font="2")
    first.text(41, 50, "到2025年，全县供水保障能力明显增强，农村自来水").text(30, 60, "普及率达到90%以上。")
    first.text(41, 70, "专栏1 主要指标")
    first.table(
        30, 80, [50, 20, 30, 30, 20],
        [["指标", "单位", "2020年", "2025年", "属性"], ["自来水普及率", "%", "82", "≥90", "约束性"], ["漏损率", "%", "12.5", "<10", "预期性"]],
    )  # fmt: skip
    return [first, OfdPage().text(41, 30, "第二章 重点任务", font="2").text(41, 40, "新建水库3座。")]


def test_ofd_pages_are_read_as_pdf_pages_are() -> None:
    source = read_bytes("plan.ofd", ofd(pages()))
    assert source.text.splitlines()[:4] == [
        "青禾县“十四五”供水发展规划",
        "第一章 主要目标",
        "到2025年，全县供水保障能力明显增强，农村自来水普及率达到90%以上。",
        "专栏1 主要指标",
    ]
    assert len(source.pages) == 2
    assert source.text[source.pages[1] :].startswith("第二章")
    found = [fact for fact in extract(source, pipeline()) if isinstance(fact, Indicator)]
    assert [(i.name, i.target and str(i.target.value), i.evidence.page) for i in found] == [
        ("自来水普及率", "90", 1),
        ("漏损率", "10", 1),
    ]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (OfdPage().text(30, 30, "供水规划", more='Visible="false"').text(30, 50, "正文"), "正文\n"),
        # a watermark: turned by 45 degrees
        (OfdPage().text(30, 30, "内部资料", more='CTM="0.7 0.7 -0.7 0.7 0 0"').text(30, 50, "正文"), "正文\n"),
        (OfdPage().text(30, 30, "供水", more='CTM="0.5 0 0 0.5 0 0"'), "供水\n"),  # set in half its size
        (OfdPage(["<ofd:PageBlock>" + OfdPage().text(30, 30, "供水").objects[0] + "</ofd:PageBlock>"]), "供水\n"),
        # a run of equal steps, and no steps at all
        (OfdPage(['<ofd:TextObject Boundary="30 30 40 6" Font="1" Size="6"><ofd:TextCode X="0" Y="5" DeltaX="g 3 6">供水规划'
                  "</ofd:TextCode></ofd:TextObject>"]), "供水规划\n"),
        # a count and a weight that are digits, but no numbers
        (OfdPage(['<ofd:TextObject Boundary="30 30 40 6" Font="1" Size="6" Weight="②"><ofd:TextCode X="0" Y="5"'
                  ' DeltaX="g ² 6">供水规划</ofd:TextCode></ofd:TextObject>']), "供水规划\n"),
        (OfdPage(['<ofd:TextObject Boundary="30 30 40 6" Font="1" Size="6"><ofd:TextCode X="0" Y="5">供水规划'
                  "</ofd:TextCode></ofd:TextObject>"]), "供水规划\n"),
    ],
)  # fmt: skip
def test_ofd_objects(page: OfdPage, text: str) -> None:
    assert read_bytes("plan.ofd", ofd([page])).text == text


def test_an_ofd_path_with_an_operator_that_lacks_its_numbers() -> None:
    page, damaged = OfdPage(), OfdPage()
    for each in (page, damaged):
        each.table(30, 30, (30, 30), [("指标", "目标"), ("供水量", "5万吨")])
    damaged.objects = [each.replace(">M 0 0", ">L M 0 0") for each in damaged.objects]
    assert read_bytes("plan.ofd", ofd([damaged])).tables == read_bytes("plan.ofd", ofd([page])).tables != ()


def test_what_an_ofd_template_says_on_each_page_is_a_running_head() -> None:
    three = [OfdPage().text(30, 40 + n, f"第{n}段正文。") for n in range(3)]
    source = read_bytes("plan.ofd", ofd(three, OfdPage().text(80, 5, "青禾县水利局")))
    assert "青禾县水利局" not in source.text


def test_an_ofd_page_of_pictures_is_said() -> None:
    source = read_bytes("plan.ofd", ofd([OfdPage().text(30, 30, "供水"), OfdPage()]))
    assert "no text on page 2" in source.notes[0]


# Excel


def grid(source: Source) -> list[list[str]]:
    (table,) = source.tables
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(source.text[cell.start : cell.end])
    return list(rows.values())


def test_a_sheet_is_a_title_and_a_table() -> None:
    rows = [["青禾县供水规划主要指标"], [], ["指标", "2020年", "2025年"], ["普及率", 0.82, 0.9], ["水库", 2, "≥3"]]
    source = read_bytes("a.xlsx", workbook({"Sheet1": rows}, ["A1:C1"], B4="0%", C4="0.0%"))
    assert source.text.startswith("青禾县供水规划主要指标\n")
    assert grid(source) == [["指标", "2020年", "2025年"], ["普及率", "82%", "90.0%"], ["水库", "2", "≥3"]]


def test_merged_cells_and_empty_columns() -> None:
    rows = [["重点任务", None, "责任单位"], ["新建水库", None, "水利局"], [None, None, "财政局"]]
    source = read_bytes("a.xlsx", workbook({"a": rows}, ["A2:A3"]))
    (table,) = source.tables
    assert [(c.row, c.column, c.row_span) for c in table.cells] == [
        (0, 0, 1),
        (0, 1, 1),
        (1, 0, 2),
        (1, 1, 1),
        (2, 1, 1),
    ]


def test_two_tables_on_a_sheet_and_text_in_a_column() -> None:
    rows = [["指标", "值"], ["甲", 1], [], ["任务", "单位"], ["乙", "局"]]
    assert len(read_bytes("a.xlsx", workbook({"a": rows})).tables) == 2
    assert read_bytes("a.xlsx", workbook({"a": [["一、总体要求"], ["正文。"]]})).text == "一、总体要求\n正文。\n"


def test_hidden_rows_and_sheets_are_not_read() -> None:
    import openpyxl

    book = openpyxl.load_workbook(
        BytesIO(workbook({"a": [["指标", "值"], ["旧", 1], ["新", 2]], "草稿": [["x", "y"]]}))
    )
    book["a"].row_dimensions[2].hidden = True
    book["草稿"].sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    source = read_bytes("a.xlsx", out.getvalue())
    assert grid(source) == [["指标", "值"], ["新", "2"]]
    assert source.notes == ("hidden sheets, not read: 草稿",)


@pytest.mark.parametrize(
    ("rows", "columns", "merge", "text"),
    [
        ([1], [], "A1:A3", "合并\t甲\n乙\n"),
        ([1, 2], [], "A1:A3", "合并\t乙\n"),
        ([1], [], "A1:A1", "甲\n乙\n"),  # nothing of it is shown
        ([], ["A"], "A1:B1", "合并\n甲\n乙\n"),
        ([], ["A"], "A1:A3", "甲\n乙\n"),
        ([], ["A", "C"], "A1:C1", "合并\n甲\n乙\n"),
    ],
)
def test_a_merged_range_is_shown_where_its_first_cell_is_hidden(
    rows: list[int], columns: list[str], merge: str, text: str
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B2"], sheet["B3"] = "合并", "甲", "乙"
    sheet.merge_cells(merge)
    for row in rows:
        sheet.row_dimensions[row].hidden = True
    for column in columns:
        sheet.column_dimensions[column].hidden = True
    out = BytesIO()
    book.save(out)
    assert read_bytes("a.xlsx", out.getvalue()).text == text


@pytest.mark.parametrize(
    ("value", "pattern", "printed"),
    [
        ("0.95", "0%", "95%"), ("0.955", "0.0%", "95.5%"), ("0.5", "0.00%", "50.00%"),
        ("12000", "#,##0", "12000"), ("12.345", "0.0", "12.3"), ("12.30", "0.##", "12.3"), ("12", "0.00_ ", "12.00"),
        ("45292", "yyyy/m/d", "2024/1/1"), ("45292", 'yyyy"年"m"月"', "2024年1月"), ("45292", "yyyy年m月d日", "2024年1月1日"),
        ("45292", 'yyyy"年"', "2024年"), ("45292", "yyyy", "2024"), ("45292", "m/d", "1/1"), ("45292", "yyyy/m/d h:mm", "2024/1/1"),
        ("15", '0"万人"', "15万人"), ("-3.5", "0.0;[红色]-0.0", "-3.5"),
        ("0.30000000000000004", "", "0.3"), ("1E-3", "General", "0.001"), ("2025", "", "2025"), ("1.5E3", "", "1500"),
        ("0.5", ".00", "0.50"), ("0.5", "#.##", "0.5"), ("5", "000", "005"), ("3", 'General"人"', "3人"), ("5", "0.", "5."),
        # commas at the end divide by a thousand each, and a literal stands among the digits
        ("1200", '#,##0.00,"千元"', "1.20千元"), ("1200", "#,##0,", "1"), ("1200", '0"，"', "1200，"), ("12345", '0!.0,"万元"', "1.2万元"),
        ("-12345", r'0\.0,"万元"', "-1.2万元"), ("345", '0"."0,', "0.0"), ("12345", '0!.0000"万"', "1.2345万"), ("1234567", '000"-"0000', "123-4567"),
        # parts: by sign, by condition, hidden
        ("0", "0;-0;;@", ""), ("5", ";;;", ""), ("0", '0;-0;"无"', "无"), ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("-5", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-5.00"), ("-5", '0;"减"0', "减5"), ("5", '0"; "', "5;"),
        ("5", "[<1]0.0%;0", "5"), ("0.5", "[<1]0.0%;0", "50.0%"), ("20", "[>100]0", "20"), ("-45", '[>=10000]0!.0,"万";0', "-45"),
        ("123456789", '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "1.23亿"), ("12345", '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "1.2万"),
        ("1234567890123456", "0.000000000000000", "1234567890123456.000000000000000"),
        # what is not understood shows the number itself
        ("5", '"', "5"), ("5", "0.0E+00", "5"), ("5", "#" * 256, "5"), ("5", "0;" + "#" * 255, "5"), ("3", "@", "3"), ("45292.5", "h:mm", "45292.5"),
        ("45292.5", "d h:mm", "45292.5"), ("45292.5", "d mm:ss", "45292.5"), ("45292.5", "m/d h:mm:ss", "1/1"), ("0E-50", "0", "0"),
        ("0.5", "# ?/?", "0.5"), ("abc", "0%", "abc"), ("1e99999", "0", "1e99999"), ("99999999", "yyyy/m/d", "99999999"),
    ],
)  # fmt: skip
def test_numbers_are_printed_as_excel_shows_them(value: str, pattern: str, printed: str) -> None:
    assert formatted(value, pattern) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (16, "1/1"),
        (28, "1月1日"),
        (30, "2024/1/1"),
        (36, "2024年1月"),
        (50, "2024年1月"),
        (54, "1月1日"),
        (58, "1月1日"),
    ],
)
def test_days_in_formats_that_are_named_by_number(number: int, printed: str) -> None:
    assert formatted("45292", BUILT_IN_FORMATS[number]) == printed


@pytest.mark.parametrize(
    ("value", "printed"), [("0", "1904/1/1"), ("2957003", "9999/12/31"), ("2957004", "2957004"), ("-1", "-1")]
)
def test_days_of_a_workbook_that_counts_from_1904(value: str, printed: str) -> None:
    assert formatted(value, "yyyy/m/d", from_1904=True) == printed


# saved pages, archives, folders


def test_a_page_saved_as_mht() -> None:
    page = "<html><body><h1>青禾县供水规划</h1><p>到2025年，建成水库3座。</p></body></html>".encode("gb18030")
    import quopri

    data = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"=b\"\r\n\r\n--=b\r\n"
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + quopri.encodestring(page) + b"\r\n--=b\r\nContent-Type: image/png\r\n\r\nx\r\n--=b--\r\n"
    )  # fmt: skip
    for name in ("a.mht", "a.doc"):  # Word calls it .doc
        source = read_bytes(name, data)
        assert (source.text, source.format) == ("青禾县供水规划\n到2025年，建成水库3座。\n", "mht")


def zipped(entries: dict[str, bytes], utf8: bool = True) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo("?" * len(name.encode("gbk")) if not utf8 else name)
            archive.writestr(entry, content)
    data = out.getvalue()
    for name in entries if not utf8 else ():
        data = data.replace(b"?" * len(name.encode("gbk")), name.encode("gbk"))
    return data


def test_members_of_an_archive_are_files_of_the_build(tmp_path: Path) -> None:
    archive = tmp_path / "规划.zip"
    archive.write_bytes(
        zipped({
            "附件/供水规划.txt": PLAN.encode(), "图.jpg": b"x", "../out.txt": b"x", "__MACOSX/a.txt": b"x", "~$a.docx": b"x",
            "内.zip": b"PK", "说明": b"x",
        })
    )  # fmt: skip
    found = find([tmp_path], Limits())
    assert found.files == [f"{archive}/附件/供水规划.txt"]
    assert read(Path(found.files[0])).name == "供水规划.txt"
    assert list(skipped_lines(found.skipped)) == [
        "skipped archives in archives: 1 .zip; unpack them",
        "skipped files that no reader knows: 1 without a suffix",
        "skipped pictures: 1 .jpg; put them into a PDF file and build with --ocr",
    ]


def test_names_that_windows_wrote_in_gbk(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"供水规划.txt": PLAN.encode()}, utf8=False))
    (path,) = find([tmp_path], Limits()).files
    assert Path(path).name == "供水规划.txt"
    assert read(Path(path)).text == PLAN


def test_paths_that_begin_with_a_point(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"./供水规划.txt": PLAN.encode(), "./../b.txt": b"x", "./": b""}))
    assert find([tmp_path], Limits()).files == [f"{tmp_path}/a.zip/供水规划.txt"]
    assert read(tmp_path / "a.zip" / "供水规划.txt").text == PLAN


def test_limits_of_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({f"{n}.txt": bytes(1000) for n in range(3)}))
    ((_, reason),) = find([tmp_path], Limits(size=2000)).refused
    assert "unpacks to more than 2,000 bytes; unpack it and give the folder" in reason
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 cut off")
    ((_, reason),) = find([tmp_path], Limits()).refused
    assert "damaged or cut off" in reason
    with pytest.raises(Refused, match=r"no such file; check the path"):
        read(tmp_path / "b.zip" / "a.txt")


def test_what_folders_hold_beside_plans(tmp_path: Path) -> None:
    for name in ("规划.txt", "规划.json", "规划.url", "~$规划.docx", "Thumbs.db", ".DS_Store", "a.MP4", "b.rar"):
        (tmp_path / name).write_text(PLAN, "utf-8")
    found = find([tmp_path], Limits())
    assert [Path(path).name for path in found.files] == ["规划.txt"]
    assert sorted(found.skipped) == [("archives other than zip", ".rar"), ("recordings", ".mp4")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("name", "format_"),
    [("plan.doc", "doc"), ("plan.wps", "wps"), ("plan.rtf", "rtf"), ("plan.docx", "rtf"), ("plan", "rtf")],
)
def test_older_formats_go_through_libreoffice(name: str, format_: str, tmp_path: Path) -> None:
    rtf = r"{\rtf1\ansi\uc1 " + "".join(f"\\u{ord(c)}?" for c in "青禾县供水规划") + r"\par}"
    source = read_bytes(name, rtf.encode())
    assert (source.text.strip(), source.format) == ("青禾县供水规划", format_)
    assert "converted by LibreOffice" in source.notes


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("ending", "kind"), [("xls", "MS Excel 97"), ("et", "MS Excel 97"), ("ods", "calc8")])
def test_older_workbooks_are_read_as_new_ones(ending: str, kind: str, tmp_path: Path) -> None:
    """Merged heads and printed numbers included; a workbook of WPS (.et) has the bytes of an .xls."""
    rows = [["主要指标", None, None], ["指标", "单位", "2025年目标"], ["普及率", "%", 0.905], ["水库", "座", 12]]
    made = workbook({"指标": rows}, ["A1:C1"], C3="0.0%")
    (tmp_path / "plan.xlsx").write_bytes(made)
    convert = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    target = "xls" if ending == "et" else ending
    convert += ["--convert-to", f"{target}:{kind}", "--outdir", str(tmp_path), str(tmp_path / "plan.xlsx")]
    subprocess.run(convert, check=True, capture_output=True)
    source = read_bytes(f"plan.{ending}", (tmp_path / f"plan.{target}").read_bytes())
    assert source.text == read_bytes("plan.xlsx", made).text
    assert grid(source) == [["指标", "单位", "2025年目标"], ["普及率", "%", "90.5%"], ["水库", "座", "12"]]
    assert "converted by LibreOffice" in source.notes


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")
@pytest.mark.parametrize(("stream", "ending"), [("WordDocument", "docx"), ("Workbook", "xlsx")])
def test_a_conversion_without_end(stream: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(Refused, match=rf"took more than 0 seconds; save it as \.{ending}$"):
        read_bytes(
            "plan", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + stream.encode("utf-16-le") + bytes(600), Limits(seconds=0.2)
        )
