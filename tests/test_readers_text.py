"""What becomes of text files: decoded as they were meant, untouched otherwise, refused with a reason."""

import os
from hashlib import sha256
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from hostile.word import body, word
from hypothesis import given
from hypothesis import strategies as st
from pdf_maker import Sheet, pdf

from exports.passage import marked_text
from extractors.readers import Limits, formats, read, read_bytes, suffixes
from extractors.readers.decode import decode
from ontology.model.errors import Refused
from ontology.model.source import Source
from ontology.model.text import DocumentText

SIMPLIFIED = (
    "云岭省人民政府办公厅关于印发《云岭省“十四五”养老服务规划》的通知。\r\n到2025年，护理型床位占比达到55%以上。\n"
)


def text_page() -> Sheet:
    sheet = Sheet()
    sheet.paragraph(100, "到2025年，服务质量明显提升。")
    return sheet


TRADITIONAL = "雲嶺省人民政府關於印發「十四五」養老服務規劃的通知，各部門請認真貫徹執行。\n"


@pytest.mark.parametrize(
    ("text", "written", "encoding"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),  # the mark is not part of the text
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),  # without a mark
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "big5", "big5hkscs"),  # valid GB18030 too, but not as anything that reads
        ("规划", "gbk", "gb18030"),  # four bytes are enough
        ("朱镕基路", "gbk", "gb18030"),  # a rare character is no reason to refuse
        ("plain ASCII", "ascii", "utf-8"),
    ],
)
def test_decodes(text: str, written: str, encoding: str) -> None:
    found = decode("a.txt", text.encode(written))
    assert (found.text, found.encoding, found.damaged) == (text, encoding, 0)


def test_a_cut_character_is_noted() -> None:
    source = read_bytes("a.txt", SIMPLIFIED.encode()[:-5])
    assert source.text.startswith("云岭省")
    assert source.text.endswith("\ufffd")
    assert source.notes == ("1 broken utf-8 characters stand as U+FFFD",)


def test_source_fields(tmp_path: Path) -> None:
    file = tmp_path / "规划.TXT"
    file.write_bytes(SIMPLIFIED.encode("gbk"))
    source = read(file)
    assert source.name == "规划.TXT"
    assert source.sha256 == sha256(SIMPLIFIED.encode("gbk")).hexdigest()
    assert source.text == SIMPLIFIED
    assert source.format == "txt"
    assert source.notes == ("decoded as gb18030",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf\n", "no text"),
        (b"text\0with NUL", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\xff", "binary"),
        (bytes(range(1, 32)) * 3, "binary"),
        (b"caf\xe9 " * 9, "neither"),  # Latin-1 is valid in no encoding that plans are written in
        (b"x" * 101, "larger than 100 bytes"),
    ],
)
def test_refuses(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as refused:
        read_bytes("a.txt", data, Limits(size=100))
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith("a.txt: ")


def test_refuses_too_many_characters() -> None:
    with pytest.raises(Refused, match="11 characters of text, 10 are allowed"):
        read_bytes("a.txt", "规划纲要十四五时期规划".encode(), Limits(characters=10))


def test_refuses_paths_that_are_no_files(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    cases = {
        tmp_path / "missing.txt": "no such file",
        tmp_path: "a folder",
        loop: "symbolic links",
        pipe: "pipe",
        Path("/dev/zero"): "device",
        tmp_path / ("长" * 300): "name too long",
        tmp_path / "a\0b": "null",
    }
    for path, reason in cases.items():
        with pytest.raises(Refused, match=f"(?i){reason}"):
            read(path)


def test_names_that_break_lines_or_are_not_text(tmp_path: Path) -> None:
    newline = tmp_path / "a\nb.txt"
    newline.write_text(SIMPLIFIED, "utf-8")
    assert read(newline).name == "a\nb.txt"
    newline.write_bytes(b"")
    with pytest.raises(Refused, match=r"^a\\nb\.txt: "):
        read(newline)
    broken = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    broken.write_text(SIMPLIFIED, "utf-8")
    assert read(broken).name == "\ufffd.txt"


def test_knows_its_suffixes() -> None:
    assert {"txt", "md"} <= suffixes()


@given(st.binary(max_size=2000))
def test_any_bytes_load_or_are_refused(data: bytes) -> None:
    try:
        text = read_bytes("a.txt", data).text
    except Refused as refused:
        text = str(refused)
        assert "\n" not in text
    text.encode()  # no lone surrogates


@given(st.text(alphabet="规划建设服务发展云岭省，。《》“”\r\n012%", min_size=3).filter(lambda t: "规" in t))
def test_text_is_as_it_was_written(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert read_bytes("a.md", text.encode(encoding)).text == text


PAGE = f"<!DOCTYPE html><html><body><p>{TRADITIONAL}</p></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [
        ("a.txt", SIMPLIFIED.encode(), "txt"),
        ("a", SIMPLIFIED.encode(), "txt"),  # no suffix: text
        ("a.odd", SIMPLIFIED.encode(), "txt"),  # a suffix that nobody knows
        ("a.MD", SIMPLIFIED.encode(), "md"),
        ("a.doc", PAGE.encode(), "html"),  # web pages called .doc are common
        ("a.pdf", b"\xef\xbb\xbf\n" + PAGE.encode(), "html"),
        ("-", PAGE.encode(), "html"),
        ("a.txt", PAGE.encode(), "txt"),  # the text of a txt file is what is in it
        ("a.txt", f"版本%PDF-1.7的说明。{SIMPLIFIED}".encode(), "txt"),
        ("a.txt", pdf([text_page()]), "pdf"),
        ("a.docx", pdf([text_page()]), "pdf"),
        ("a.pdf", word(body("<w:p><w:r><w:t>规划</w:t></w:r></w:p>")), "docx"),
    ],
)
def test_the_content_goes_before_the_suffix(name: str, data: bytes, format_: str) -> None:
    assert read_bytes(name, data).format == format_


def test_a_third_party_adds_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("odd", "extractors.readers.text:read_markdown", formats.READER_GROUP)
    monkeypatch.setattr(formats, "entry_points", lambda group: [point] if group == formats.READER_GROUP else [])
    formats.others.cache_clear()
    try:
        assert read_bytes("a.odd", SIMPLIFIED.encode()).format == "md"
        assert "odd" in suffixes()
    finally:
        formats.others.cache_clear()


def test_page_marks_are_for_people() -> None:
    source = Source("a.pdf", "0" * 64, "甲\n乙丙", "pdf", pages=(0, 3, 4))
    assert marked_text(DocumentText.of(source, ())) == "——— 第 1 页 ———\n甲\n乙\n——— 第 2 页 ———\n丙\n——— 第 3 页 ———\n"
    assert marked_text(DocumentText("甲\n")) == "甲\n"
