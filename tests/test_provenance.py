"""The web address and the day of retrieval of a file: from the page, its head lines, a file beside it, a table."""

from datetime import date
from pathlib import Path

import pytest

from extractors.readers import read, read_bytes
from extractors.readers.provenance import UNKNOWN_PROVENANCE, Provenance, of_mapping
from kg.builder import build
from kg.builder.sources import read_sources
from kg.builder.stamp import Stamp
from kg.stores import open_store
from ontology.model.errors import Refused
from queries.presets import preset

URL = "https://www.zening.gov.cn/gk/2024/a.html"
PLAN = "泽宁市供水规划\n一、总体要求\n到2025年，建成水库3座。\n"
DAY = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (f"<!-- saved from url=(0040){URL} --><html>", URL),  # what browsers write
        (f'<html><head><link rel="canonical" href="{URL}"/></head>', URL),
        (f"<html><head><meta property='og:url' content='{URL}'></head>", URL),
        (
            f'<html><head><meta name="Url" content="{URL}"></head>',
            URL,
        ),  # what guidelines for government sites prescribe
        # a bracket within it, characters that HTML writes otherwise, an attribute before it
        (f'<link rel="canonical" href="{URL[:-5]}(1).html?a=1&amp;b=2">', f"{URL[:-5]}(1).html?a=1&b=2"),
        (f'<link rel="canonical" data-href="https://cdn.zening.gov.cn/" href="{URL}">', URL),
        (f'<html><head><meta name="Image" content="{URL}"></head>', None),
        (f'<html><head><link rel="stylesheet" href="{URL}"></head>', None),
        ('<html><head><link rel="canonical" href="/gk/a.html"></head>', None),  # no whole address
        ('<html><head><link rel="canonical" href="javascript:alert(1)"></head>', None),
    ],
)
def test_of_a_page(head: str, url: str | None) -> None:
    assert read_bytes("a.html", f"{head}<body><p>{PLAN}</p></body></html>".encode()).source_url == url


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        (f"**发布日期**: 2022年12月\n**来源**: {URL}\n", Provenance(URL)),
        (f"- **原文链接**：{URL}\n采集时间：2024-05-01 10:00\n", Provenance(URL, DAY)),
        (f"---\nsource: {URL}\nretrieved: 2024-5-1\n---\n", Provenance(URL, DAY)),
        ("来源：泽宁市人民政府\n", UNKNOWN_PROVENANCE),
        ("来源：http://zening.gov.cn@localhost/a\n", UNKNOWN_PROVENANCE),  # a name before a host without a point
        (f"> 来源：{URL[:-5]}(1).html）\n", Provenance(f"{URL[:-5]}(1).html")),
        (f"详见{URL}。\n", UNKNOWN_PROVENANCE),  # a link in the text
        ("采集时间：2024-13-41\n", UNKNOWN_PROVENANCE),
    ],
)
def test_of_head_lines(lines: str, known: Provenance) -> None:
    source = read_bytes("a.md", (lines + PLAN).encode())
    assert Provenance(source.source_url, source.retrieved) == known


def test_page_metadata() -> None:
    """What the site says of the page stands where a reader of the text, and evidence, find it."""
    metas = '<meta name="ArticleTitle" content="泽宁市供水规划"><meta name="PubDate" content="2024-04-30 09:00">'
    page = f"<html><head>{metas}</head><body><div><p>一、总体要求</p><p>到2025年，建成水库3座，供水能力增强。</p></div></body></html>"
    source = read_bytes("a.html", page.encode())
    assert source.text.startswith("发布日期：2024-04-30\n泽宁市供水规划\n一、总体要求\n")


@pytest.mark.parametrize(
    ("stated", "table", "line"),
    [
        ("泽宁市民政局", "", "发布机构：泽宁市民政局"),
        ("泽宁日报", "", None),  # who printed it
        ("泽宁市民政局", "<p>发布机构：泽宁市财政局</p>", "发布机构：泽宁市财政局"),  # the page's own words go before
    ],
)
def test_the_source_that_a_page_states_is_its_publisher(stated: str, table: str, line: str | None) -> None:
    head = f'<head><meta name="ContentSource" content="{stated}"></head>'
    text = "<p>泽宁市供水规划</p><p>一、总体要求</p><p>到2025年，建成水库3座，供水能力增强。</p>"
    page = f"<html>{head}<body>{table}<div>{text}</div></body></html>"
    found = read_bytes("a.html", page.encode()).text.split("\n")
    assert [each for each in found if each.startswith("发布机构")] == ([line] if line else [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("规划.url", f"[InternetShortcut]\r\nURL={URL}\r\n"),
        ("规划.txt.json", f'{{"url": "{URL}", "crawl_time": "2024-05-01T10:00:00Z"}}'),
        ("规划.json", f'{{"source_url": "{URL}"}}'),
        ("规划.webloc", f"<plist><dict><key>URL</key><string>{URL}</string></dict></plist>"),
    ],
)
def test_of_a_file_beside_it(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / "规划.txt").write_text(PLAN, "utf-8")
    (tmp_path / name).write_text(content, "utf-8")
    source = read(tmp_path / "规划.txt")
    assert source.source_url == URL
    assert source.retrieved == (DAY if "crawl" in content else None)


def test_what_is_no_sidecar(tmp_path: Path) -> None:
    (tmp_path / "规划.txt").write_text(PLAN, "utf-8")
    for content in ("{", "[1]", '{"url": 5}', '{"url": "file:///etc/passwd"}', "[" * 50_000):
        (tmp_path / "规划.json").write_text(content, "utf-8")
        assert read(tmp_path / "规划.txt").source_url is None
    assert of_mapping({"URL": " https://a.cn/b ", "retrieved": None}) == Provenance("https://a.cn/b")


def test_a_table_of_sources(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "规划.txt").write_text(PLAN, "utf-8")
    table = tmp_path / "sources.csv"
    table.write_bytes(f"文件,网址,获取日期\nplans/规划.txt,{URL},2024/5/1\n".encode("gb18030"))
    with open_store(str(tmp_path / "plans.kg"), write=True) as store:
        assert build([folder], store).loaded
        rows = preset("plans").run(store).of(["source_url", "retrieved"]).rows
        assert rows == [(None, None)]
        assert build([folder], store, sources=read_sources(table)).loaded  # its record is another now
        rows = preset("plans").run(store).of(["source_url", "retrieved"]).rows
        assert rows == [(URL, "2024-05-01")]
        assert build([folder], store, sources=read_sources(table)).unchanged


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,url\na,b\n", "no column `file`"),
        ("file,url\na.txt,nowhere\n", "line 2: neither a web address"),
        ("file,url\n" + "a" * 140_000, "cannot be read: field larger"),
    ],
)
def test_a_table_that_says_nothing_is_refused(content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(content, "utf-8")
    with pytest.raises(Refused, match=said):
        read_sources(tmp_path / "a.csv")


def test_the_stamp_of_a_file_with_a_source() -> None:
    stamp = Stamp("plan-kg 0.1.0+1f0c9a2b", source=Provenance(URL).digest)
    assert Stamp.read(str(stamp)) == stamp
    assert not Stamp("plan-kg 0.1.0+1f0c9a2b").serves(stamp)
