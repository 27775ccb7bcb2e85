"""The address that a file was fetched from and the day: from the page itself, its first lines, or a file next to it.

Documents of government sites disappear from the web, so the address is kept with the plan.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

ADDRESS_SEARCH_LENGTH = 4_000  # characters of a text in which its address is looked for; of a web page 8 times as many
PROVENANCE_ENDINGS = (".json", ".url", ".webloc")  # of the files beside a plan that state its address, the best first
MAX_SIDECAR_SIZE = 65_536  # bytes of a file beside a plan
MAX_ADDRESS_LENGTH = 2_000  # characters of an address
# https://www.zening.gov.cn/a/b.html, https://www.zening.gov.cn/a(1).html; a bracket that closes no other is after it
WEB_ADDRESS = r"https?://(?:\([^\s\"'<>()（）]{0,200}\)|[^\s\"'<>）)】\]，。；])+"
# <link rel="canonical" href="…">, <meta property="og:url" content="…">, <meta name="Url" content="…"> (as the
# State Council's guidelines for government sites have it, 国办发〔2017〕47号), <!-- saved from url=(0042)https://… -->
SAVED_FROM = re.compile(rf"<!--\s{{0,9}}saved from url=\(\d{{1,6}}\)(?P<url>{WEB_ADDRESS})", re.IGNORECASE)
META_TAG = re.compile(r"<(?:link|meta)\s[^<>]{1,600}>", re.IGNORECASE)
ADDRESS_TAG = re.compile(
    r"rel\s*=\s*[\"']?canonical|property\s*=\s*[\"']og:url|name\s*=\s*[\"']?url[\"'\s]", re.IGNORECASE
)
ADDRESS_ATTRIBUTE = re.compile(rf"(?<![\w-])(?:href|content)\s*=\s*[\"']?\s*(?P<url>{WEB_ADDRESS})", re.IGNORECASE)
# **来源**: https://…, 原文链接：https://…, source: https://…
ADDRESS_LINE = re.compile(
    rf"^[\s>*#\-|【]{{0,8}}(?:原文链接|原文网址|原文地址|来源网址|来源链接|来源|信息来源|网址|链接|url|link|source(?:_url)?)[*】\s]{{0,4}}[:：|]"
    rf"[\s*<\[|]{{0,6}}(?P<url>{WEB_ADDRESS})",
    re.IGNORECASE | re.MULTILINE,
)
# 抓取时间：2024-05-01
FETCHED_LINE = re.compile(
    r"^[\s>*#\-|【]{0,8}(?:采集|抓取|爬取|下载|获取|访问|检索|retrieved|fetched|accessed|crawled)(?:时间|日期|_at|_date|\s?date)?[*】\s]{0,4}[:：|]"
    r"[\s*|]{0,6}(?P<day>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2})",
    re.IGNORECASE | re.MULTILINE,
)
# what crawlers call the address and the day of fetching, the best first
ADDRESS_KEYS = ("source_url", "url", "link", "source", "href", "原文链接", "来源网址", "网址", "链接", "URL")
FETCHED_KEYS = (
    "retrieved", "date_retrieved", "retrieved_at", "fetched", "fetched_at", "crawl_time", "crawled_at", "accessed",
    "download_time", "采集时间", "抓取时间", "获取日期", "下载日期", "访问日期",
)  # fmt: skip
# 2024-05-01, 2024年5月1日
DAY_NUMBERS = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Provenance:
    """The address that a file was fetched from and the day on which it was fetched; None where it is not known."""

    url: str | None = None
    retrieved: date | None = None

    @property
    def digest(self) -> str:
        """The first eight hexadecimal digits of a SHA-256 of address and day; '' where neither is known."""
        words = f"{self.url or ''} {self.retrieved or ''}".strip()
        return sha256(words.encode()).hexdigest()[:8] if words else ""

    def over(self, other: "Provenance") -> "Provenance":
        """These values, with those of `other` where one is not known."""
        return Provenance(self.url or other.url, self.retrieved or other.retrieved)


UNKNOWN_PROVENANCE = Provenance()


def of_page(page: str) -> Provenance:
    """The address that a web page (`page` is its HTML) states in its first 32,000 characters, without a day: that of
    '<!-- saved from url=(0026)https://www.zening.gov.cn/a -->', else of the first <link rel="canonical">, <meta
    property="og:url"> or <meta name="Url"> that has a whole one (WEB_ADDRESS), in which &amp; becomes &. Nothing known
    where there is none, and where that one is not valid (`address`), although a later one may be."""
    head = page[: 8 * ADDRESS_SEARCH_LENGTH]
    if found := SAVED_FROM.search(head):
        return Provenance(address(found["url"]))
    for tag in META_TAG.findall(head):
        if ADDRESS_TAG.search(tag) and (found := ADDRESS_ATTRIBUTE.search(unescape(tag))):
            return Provenance(address(found["url"]))
    return Provenance()


def of_text(text: str) -> Provenance:
    """The address and the day of fetching that lines among the first ADDRESS_SEARCH_LENGTH (4,000) characters of a text
    state after a label of ADDRESS_LINE (来源, 网址, url …) or of FETCHED_LINE (采集, 抓取, retrieved …):
    '原文链接：https://www.zening.gov.cn/a', '抓取时间：2024-05-01'. The first line of each kind that has an address
    (http…) or a day right after its label counts, so not 来源：云岭日报; what none has is None, and what that one
    states wrongly, although a later line may be right."""
    line = ADDRESS_LINE.search(text, 0, ADDRESS_SEARCH_LENGTH)
    day = FETCHED_LINE.search(text, 0, ADDRESS_SEARCH_LENGTH)
    return Provenance(address(line["url"]) if line else None, day_of(day["day"]) if day else None)


def beside(path: Path) -> Provenance:
    """The provenance in files next to the plan: for 规划.docx 规划.docx.json, 规划.docx.url (of Windows),
    规划.docx.webloc (of macOS), then 规划.json, 规划.url and 规划.webloc, the plan itself excepted. In this order, the
    first that states the address counts for it, and the first that states the day. Files that do not exist or cannot be
    read say nothing."""
    stated = Provenance()
    for ending in PROVENANCE_ENDINGS:
        stated = stated.over(_sidecar(path.with_name(path.name + ending)))
    for ending in PROVENANCE_ENDINGS:
        if path.suffix.lower() != ending:
            stated = stated.over(_sidecar(path.with_suffix(ending)))
    return stated


def of_mapping(values: Mapping[str, object]) -> Provenance:
    """The provenance in a mapping with keys as crawlers name them, in any case: {'url': 'https://…', 'retrieved':
    '2024-05-01'} -> address and day. Of several, the valid value whose key comes first in ADDRESS_KEYS, and in
    FETCHED_KEYS; None where there is none. Of keys that differ only in case or white space at their ends the last
    counts."""
    folded = {str(key).strip().lower(): value for key, value in values.items()}
    urls = (address(str(folded[key.lower()])) for key in ADDRESS_KEYS if folded.get(key.lower()))
    days = (day_of(str(folded[key.lower()])) for key in FETCHED_KEYS if folded.get(key.lower()))
    return Provenance(next(filter(None, urls), None), next(filter(None, days), None))


def address(text: str) -> str | None:
    """The text as a web address, without white space around it and without marks of punctuation (.,;:!?*) at its end.
    None where it is not an http or https address of a host with a dot, has more than MAX_ADDRESS_LENGTH (2,000)
    characters, or has white space, an unprintable character or one of <>"{}|^` and the backslash in it."""
    text = text.strip().rstrip(".,;:!?*")
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    sound = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and len(text) <= MAX_ADDRESS_LENGTH
    return text if sound and text.isprintable() and not re.search(r"[\s<>\"{}|\\^`]", text) else None


def day_of(text: str) -> date | None:
    """The first day in the text, a year of four digits, a month and a day of one or two, with one character that is
    no digit between them; digits before and after it are not looked at: '2024-05-01T10:00:00Z', '2024年5月1日' -> that
    day. None where there is none, or the first does not exist."""
    if not (found := DAY_NUMBERS.search(text)):
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def _sidecar(path: Path) -> Provenance:
    """The provenance in one file beside a plan: for a suffix .json (in any case) that of its object (`of_mapping`),
    else the first valid address in a .url or .webloc file. Nothing known where it is no regular file, has more than
    MAX_SIDECAR_SIZE (65,536) bytes or cannot be read, and where its JSON is not sound or no object, or it has no valid
    address. Bytes that are not UTF-8 become U+FFFD."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_SIDECAR_SIZE:
            return Provenance()
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return Provenance()
    if path.suffix.lower() == ".json":
        try:
            values = json.loads(text)
        except (ValueError, RecursionError):
            return Provenance()
        return of_mapping(values) if isinstance(values, dict) else Provenance()
    return Provenance(next(_addresses(text), None))


def _addresses(text: str) -> Iterator[str]:
    """The valid addresses (WEB_ADDRESS) in an internet shortcut (URL=https://… at the beginning of a line) or a .webloc
    file (<string>https://…</string>, where &amp; becomes &), in order, without marks of punctuation (.,;:!?*) at their
    ends; those that are not valid (`address`) are left out."""
    for found in re.finditer(
        rf"(?:^URL=|(?P<xml><string>))\s*(?P<url>{WEB_ADDRESS})", text, re.MULTILINE | re.IGNORECASE
    ):
        if url := address(unescape(found["url"]) if found["xml"] else found["url"]):
            yield url
