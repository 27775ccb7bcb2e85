"""The part that all pages of views share: the head, whose content security policy names the only script and style that
may run."""

import base64
import hashlib
import html
import json
import re
from importlib.resources import files
from typing import Any

from exports.views import words
from ontology.model.errors import Usage

# The largest page that is written.
MAX_PAGE_BYTES = 20_000_000


def whole_page(body: str, script: str, style: str, title: str, scheme: str = "light dark", **parts: str) -> str:
    """The HTML of a page: the shared head, then `body`. Both contain gaps such as `<!--script-->`, each filled with the
    argument of its name: `script`, `style`, `title` (plain text, escaped), `scheme` (the page's color-scheme), or one
    of `parts`, which are HTML; those for the hashes of script and style, the language and the script's words are filled
    here. Raises KeyError for any other gap."""
    fillings = {
        "script": script,
        "style": style,
        "script-hash": content_hash(script),
        "style-hash": content_hash(style),
        "title": escaped(title),
        "scheme": scheme,
        "language": "zh-CN" if words.page_language() == "zh" else "en",
        "words": safe_json(words.script_texts()),
        **parts,
    }
    head = (files("exports.views") / "head.html").read_text("utf-8")
    return _TEMPLATE_GAP.sub(lambda found: fillings[found[1]], head + body)


def bounded(page: str) -> str:
    """The same page. Raises Usage for one of more than MAX_PAGE_BYTES, which browsers open slowly or not at all."""
    if (size := len(page.encode())) > MAX_PAGE_BYTES:
        raise Usage(
            f"the page would have {size / 1e6:.0f} MB, and {MAX_PAGE_BYTES / 1e6:.0f} are what browsers open: choose "
            "plans with --plan or --region"
        )
    return page


_TEMPLATE_GAP = re.compile(r"<!--([\w-]+)-->")


def content_hash(text: str) -> str:
    """The hash of a script or style as a content security policy names it: 'sha256-' and the digest in Base64."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def safe_json(value: Any) -> str:
    """A value as JSON that can stand in a script element, because no < is left in it: '</script>' ->
    '"\\u003c/script>"'. Line separators (U+2028, U+2029) are escaped too, lone surrogates become '?'. Raises
    ValueError for NaN and infinity."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = text.encode("utf-8", "replace").decode()
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def escaped(text: str) -> str:
    """Text as HTML that shows it: & < > and quotation marks are escaped, and a visible picture stands for each control
    character below U+0020 (␛ for an escape character, ␊ for a line feed), but tabs stay and a carriage return becomes a
    no-break space; a lone surrogate becomes '?'."""
    visible = "".join(
        chr(0x2400 + ord(c)) if ord(c) < 0x20 and c not in "\t\r" else "\u00a0" if c == "\r" else c for c in text
    )
    return html.escape(visible.encode("utf-8", "replace").decode())
