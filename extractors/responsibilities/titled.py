"""Duties under headings that are names of bodies: （一）市教育局 above 负责学校消防安全管理."""

from collections.abc import Iterator

from extractors import expressions as re
from extractors.reading import Reading
from extractors.responsibilities.duty import Duty
from extractors.responsibilities.lists import listed
from extractors.vocabulary.stops import SENTENCE_ENDS
from ontology.model.facts import Region, Role

MAX_BODY_TITLE = 40  # characters
# 负责…, 牵头…, （1）指导…: what the text below such a heading begins with
WORK_OPENING = re.compile(
    r"\s*(?:[（(]?\d{1,2}[）).．、]\s*|[①-⑳]\s*)?(?:主要|具体|统一|依法|承担|认真|切实)*"
    r"(?:职责[：:]|任务[：:])?\s*(?:主要|具体|依法|认真|会同[^，。；]{2,30})*"
    r"(?:负责|牵头|承担|组织|指导|督促|落实|参与|配合|协助|做好|开展|加强|制定|统筹|监督|履行|实施|推进|将|把|按照?|依据|根据|对)"
)
SENTENCE_BELOW = re.compile(rf"[^{SENTENCE_ENDS}\n]*\n?[^{SENTENCE_ENDS}\n]*[{SENTENCE_ENDS}]?")
# said between and after the names: 市教育局、市民政局等, 市消防救援支队（市消防安委会办公室）
BETWEEN_TITLE_NAMES = re.compile(r"[、和及与，\s]|等(?:部门|单位)?|（[^（）]*）|\([^()]*\)")
HELP_WORDS = ("参与", "配合", "协助")
TITLED_ROLES = ("tasks", "safeguards", "other")


def under_titles(state: Reading, home: Region, year: int) -> Iterator[Duty]:
    """The duties in sections with the role tasks, safeguards or other (TITLED_ROLES) whose heading (at most
    MAX_BODY_TITLE characters) consists of names of known bodies, 等部门, brackets and what joins them, and whose text
    begins, with a number or not, with a word of work (WORK_OPENING: 负责, 加强, also 按照 and 对): 市教育局 /
    负责学前教育…. Each body gets one: as participant where that word is 参与, 配合 or 协助 (主要配合…), else as lead.
    The evidence is the heading with the first sentence below it. `home` and `year` are those by which names are
    resolved."""
    text = state.document.text
    for section in state.sections:
        heading = section.heading
        if heading is None or section.role not in TITLED_ROLES or len(heading.title) > MAX_BODY_TITLE:
            continue
        works = WORK_OPENING.match(text, section.start, section.end)
        if works is None:
            continue
        first = text.rfind("\n", 0, max(section.start - 1, 0)) + 1
        title_start = text.find(heading.title[:2], first, section.start)
        if title_start < 0:
            continue
        other_words = text[title_start : section.start].rstrip("：:。 \n\u3000")
        items = [
            item
            for part in listed(text, title_start, title_start + len(other_words), home, year)
            for item in part.items
            if item.known
        ]
        for item in items:
            other_words = other_words.replace(text[item.start : item.end], "", 1)
        if not items or BETWEEN_TITLE_NAMES.sub("", other_words):
            continue
        sentence = SENTENCE_BELOW.match(text, section.start, section.end)
        end = sentence.end() if sentence and sentence.end() > section.start else section.end
        role: Role = "participant" if works[0].endswith(HELP_WORDS) else "lead"
        for item in items:
            yield Duty(item.start, item.end, role, works[0].strip(), (title_start, end))
