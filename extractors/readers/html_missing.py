"""What belongs to the document of a web page and is not in its file: attachments, embedded files, further pages."""

import re

from extractors.readers.html_main import ATTACHMENT_ADDRESS, all_text, is_attachment
from extractors.readers.ooxml import Element
from extractors.readers.writer import clean

EMBEDDING = {"iframe": "src", "embed": "src", "object": "data"}  # tag -> the attribute with the address
ADDRESS_MARKS = re.compile(r"[/=\\?#&]")
# 共2页, 共 12 页: how many pages the site has made of a text
PAGE_COUNT = re.compile(r"共\s{0,3}(?P<count>\d{1,4})\s{0,3}页")
NEXT_PAGE_LINK = re.compile(r"下一?页|后一页")
# createPageHTML(3, 0, "t20211220_1", "html"): the script of many sites that prints 1 2 3 下一页
PAGING_SCRIPT = re.compile(r"createPageHTML\w{0,20}\(\s{0,9}(?P<count>\d{1,4})\s{0,9},")
MAX_PAGING_LENGTH = 30  # characters of a text between tags that is a part of a bar of pages


def missing(root: Element, main: Element) -> list[str]:
    """Remarks for the user on what of the document the page `root` does not hold: the files that the element `main`
    links to and that the page embeds, and further pages of the text: ['attachments, not read: 指标.docx', 'the text
    goes on on other pages, which are not in the file (共2页)']."""
    names = [clean(all_text(a)) for a in main.iter("a") if is_attachment(a)]
    for each in root.iter(*EMBEDDING):
        address = each.get(EMBEDDING[each.tag]) or ""
        if suffix := ATTACHMENT_ADDRESS.search(address):  # /viewer.html?file=/x/P020.pdf
            names.append(ADDRESS_MARKS.split(address[: suffix.end()].rstrip("?#"))[-1])
    names = list(dict.fromkeys(filter(None, names)))
    notes = [f"attachments, not read: {'、'.join(names)}"] if names else []
    if words := _paging(root):
        notes.append(f"the text goes on on other pages, which are not in the file ({words})")
    return notes


def _paging(root: Element) -> str | None:
    """The words by which the page says that it is one of several (下一页 or 共2页); None where it does not, and where
    it says that there is one page. The number that a script has or that is printed decides, else a link to the next
    page."""
    counts, following = [], None
    for element in root.iter():
        if element.tag == "script" and (script := PAGING_SCRIPT.search(element.text or "")):
            counts.append(int(script["count"]))
        for text in (element.text, element.tail):
            words = (text or "").strip()
            if len(words) <= MAX_PAGING_LENGTH and (count := PAGE_COUNT.search(words)):
                counts.append(int(count["count"]))
        if element.tag == "a" and element.get("href") and NEXT_PAGE_LINK.fullmatch(label := all_text(element).strip()):
            following = label
    if counts:
        return f"共{max(counts)}页" if max(counts) > 1 else None
    return following
