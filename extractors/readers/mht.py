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


def read_mht(name: str, data: bytes, limits: Limits) -> Source:
    """The first web page in a saved page -> Source of the format 'mht', with its address and the day on which it was
    saved. Pictures, style sheets and frames are left out.

    Raises Refused for a damaged file, for one without a page, for one of more than MAX_MIME_PARTS parts, and where the
    page itself cannot be read.
    """
    if data.count(b"\n--") > MAX_MIME_PARTS:
        raise Refused(
            f"{name}: a saved web page of more than {MAX_MIME_PARTS:,} parts; save the page's text as a txt file"
        )
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        page = next(
            (part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")), None
        )
        content = page.get_payload(decode=True) if page is not None else None
    except (RecursionError, ValueError, LookupError):
        raise Refused(f"{name}: a damaged .mht file; save the page again") from None
    if not isinstance(content, bytes) or not content.strip():
        raise Refused(f"{name}: a saved web page (.mht) without a page in it; save the page again as .html")
    source = read_html(name, content, limits)
    places = (str(message[header] or "") for header in ("Snapshot-Content-Location", "Content-Location"))
    url = next(filter(None, map(address, (*places, str(page["Content-Location"] or "") if page else ""))), None)
    return replace(
        source,
        sha256=sha256(data).hexdigest(),
        format="mht",
        source_url=url or source.source_url,
        retrieved=_saved(str(message["Date"] or "")),
    )


def _saved(header: str) -> date | None:
    """The day in a Date header: 'Wed, 1 May 2024 10:00:00 +0800' -> 2024-05-01; None where it is none."""
    try:
        return parsedate_to_datetime(header).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
