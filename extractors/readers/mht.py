"""Web pages that a browser or Word saved as one file (.mht, .mhtml): the page among its parts."""

from dataclasses import replace
from datetime import date
from email import policy
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from hashlib import sha256

from extractors.readers.html import read_html
from extractors.readers.limits import Limits
from extractors.readers.provenance import address
from ontology.model.errors import Refused
from ontology.model.source import Source

MAX_MIME_PARTS = 5_000
PAGE_TYPES = ("text/html", "application/xhtml+xml")


def read_mht(name: str, data: bytes, limits: Limits) -> Source:
    """The first web page in a saved page -> Source of the format 'mht' with the digest of `data`, without pictures,
    style sheets and frames. Its address is the first valid one of the file's headers Snapshot-Content-Location and
    Content-Location, the page's own Content-Location, and what the page states; `retrieved` is the day in the file's
    header Date (`_saved`). Either is None where none says it.

    Raises Refused for a damaged file, for one without a page or with an empty one, for one with more than
    MAX_MIME_PARTS (5,000) lines that begin with -- as a part does, and where the page itself cannot be read.
    """
    if data.count(b"\n--") > MAX_MIME_PARTS:
        raise Refused(
            f"{name}: a saved web page of more than {MAX_MIME_PARTS:,} parts; save the page's text as a txt file"
        )
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        page = next((part for part in message.walk() if part.get_content_type() in PAGE_TYPES), None)
        content = page.get_payload(decode=True) if page is not None else None
    except (RecursionError, ValueError, LookupError):
        raise Refused(f"{name}: a damaged .mht file; save the page again") from None
    if page is None or not isinstance(content, bytes) or not content.strip():
        raise Refused(f"{name}: a saved web page (.mht) without a page in it; save the page again as .html")
    source = read_html(name, content, limits)
    places = (message["Snapshot-Content-Location"], message["Content-Location"], page["Content-Location"])
    url = next(filter(None, (address(str(place or "")) for place in places)), None)
    return replace(
        source,
        sha256=sha256(data).hexdigest(),
        format="mht",
        source_url=url or source.source_url,
        retrieved=_saved(str(message["Date"] or "")),
    )


def _saved(header: str) -> date | None:
    """The day in a Date header, in the header's own time zone: 'Wed, 1 May 2024 10:00:00 +0800' -> 2024-05-01; None
    where the header is no date."""
    try:
        return parsedate_to_datetime(header).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
