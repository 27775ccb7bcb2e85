"""The text of a web page that stands in a script of the page alone, as a string of JSON:
{"content": "\\u003Cp\\u003E…"}.

Some sites of governments send a page without text, into which a script sets the document when the page is shown. The
script is not run: of the strings of JSON in it, the one with the text of a document is taken.
"""

import json
import re

from extractors.readers.html_main import all_text, running_length
from extractors.readers.ooxml import Element
from extractors.readers.writer import SENTENCE_PUNCTUATION

# "content": "\u003Cp\u003E…": a key and a string, on one line
KEYED_STRING = re.compile(r'"[\w-]{1,40}"\s{0,9}:\s{0,9}(?P<string>"(?:[^"\\\r\n]|\\.)*+")')
HTML_TAG = re.compile(r"<(?:p|div|br|span|table|section)\b", re.IGNORECASE)
# what JSON can write and no text holds: control characters, halves of a character
NO_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
MIN_STRING_LENGTH = 200  # characters of a string, escapes counted, that may be the text of a document
MIN_MARKS = 10  # ，。； in it
MAX_PAGE_TEXT_LENGTH = 100  # characters of running text that a page may show whose document is in a script
MIN_TIMES_OTHERS = 2  # as many times more marks the text has than any other string


def scripted_text(root: Element) -> str | None:
    """The HTML of the document that only a script of the page holds: '<p>…' of
    <script>x = {"content": "\\u003Cp\\u003E…"}</script>. None where the page itself shows more than
    MAX_PAGE_TEXT_LENGTH (100) characters of running text, and where no string of JSON with tags of HTML has MIN_MARKS
    (10) marks of sentences (，。；) and MIN_TIMES_OTHERS (2) times as many as every other, so that it is open what the
    page shows."""
    texts: dict[str, int] = {}
    for script in root.iter("script"):
        for found in KEYED_STRING.finditer(all_text(script)):
            if len(found["string"]) >= MIN_STRING_LENGTH and (text := _html_in(found["string"])):
                texts[text] = len(SENTENCE_PUNCTUATION.findall(text))
    most = sorted(texts.values(), reverse=True)[:2]
    if not most or most[0] < MIN_MARKS or (len(most) > 1 and most[0] < MIN_TIMES_OTHERS * most[1]):
        return None
    if running_length(root) > MAX_PAGE_TEXT_LENGTH:
        return None
    return max(texts, key=lambda text: texts[text])


def _html_in(string: str) -> str | None:
    """The text that a string of JSON (with its quotation marks) stands for, without characters that no text holds. None
    where the string is no JSON, or the text has no tag of HTML_TAG."""
    try:
        text = str(json.loads(string))
    except ValueError:
        return None  # \x3c and other escapes of JavaScript
    return NO_CHARACTER.sub("", text) if HTML_TAG.search(text) else None
