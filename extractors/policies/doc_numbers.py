"""The body that issued a document, by its document number (文号)."""

from functools import cache

from extractors import expressions as re
from extractors.reference.bodies import public_bodies
from extractors.reference.data_files import data_rows
from extractors.reference.issuers import Body, chain_of
from extractors.reference.regions import CHINA, REFERENCE_YEAR, gazetteer
from ontology.model.facts import Region, squeeze

# 国办发〔2021〕36号 -> 国办发
NUMBER_PREFIX = re.compile(r"[\u4e00-\u9fff]{1,14}(?=[〔\[［【（(])")
# 府发, 政函, 人民政府令: a government's number after the characters of its region
GOVERNMENT_NUMBER = re.compile(r"(?:府|政|人民政府)(?:发|函|字|规|规发|规字|告|令)?")
# 府办发, 政办函. A bare 办发 is the government's office in one province and the party's in the next: unknown.
GOVERNMENT_OFFICE_NUMBER = re.compile(r"(?:府|政)办(?:发|函|字|规|规发|规字|发电)?")
PARTY_NUMBER = re.compile(r"委发?")
PARTY_OFFICE_NUMBER = re.compile(r"委(?:办|厅)(?:发|字|函)?")


def number_body(doc_number: str, home: Region) -> Body | None:
    """The body that a 文号 belongs to: '国办发〔2021〕36号' -> Body(中国, '国务院办公厅'), '川府发〔2021〕3号' ->
    Body(四川省, '人民政府'). The body's name is None where the number shows only the region; the result is None where
    the number could be that of two regions, or of a region and a central body (建发 in a plan of 建德市), where its
    region is not known, and for a text that does not begin with 1 to 14 Chinese characters and an opening bracket
    (国务院令第735号).

    The character of a county or city is understood only with the help of `home`, the plan's own region, and those above
    it (达市府办发 in a plan of 渠县).
    """
    if not (found := NUMBER_PREFIX.match(squeeze(doc_number))):
        return None
    prefix = found[0]
    if name := central_number(prefix, home):
        return Body(CHINA, name)
    region = region_of_number(prefix, home)
    if region is None:
        return None
    body = office_of_number(prefix, region)
    if body is None and any(prefix.startswith(start) for start, _ in central_prefixes()[1]):
        return None  # 建发 in a plan of 建德市: the ministry or the city
    return Body(region, body)


def number_prefix(doc_number: str) -> str | None:
    """What a document number begins with, which stands for its issuer: '沪农委〔2019〕473号' -> '沪农委'; None for a
    text that does not begin with 1 to 14 Chinese characters and an opening bracket."""
    found = NUMBER_PREFIX.match(squeeze(doc_number))
    return found[0] if found else None


def central_number(prefix: str, home: Region) -> str | None:
    """The central body that a prefix of document numbers belongs to: '国办发' -> '国务院办公厅', and where a prefix on
    the list may go on, '发改社会' -> '国家发展和改革委员会'. None for other prefixes, and for one that may go on where
    `home` or a region above it begins with the same character: 建 in a plan of 建德市 may be the city's."""
    exact, open_ended = central_prefixes()
    if prefix in exact:
        return exact[prefix]
    for start, name in open_ended:
        if prefix.startswith(start) and not any(r.name.startswith(prefix[0]) for r in chain_of(home)):
            return name
    return None


def region_of_number(prefix: str, home: Region) -> Region | None:
    """The region whose character begins `prefix`, that of a document number: '沪奉农委' in a plan of 奉贤区 -> 奉贤区,
    '川府发' -> 四川省. `home` is the plan's region.

    A character of a province (`province_letters`) stands for it where none of `home` and the other regions above it
    begins with it too, and `home` is in the province or no city or county is known to use it; what follows may then
    name a region below (`region_below`). Where `home` is not in that province, it stands for the only one of `home` and
    those above it whose name begins with it. Else None ('宁政发' in a plan of 四川省). Any other character stands for
    the only one of `home` and those above it whose name begins with it, None where none or several do. The country
    is not among those above.
    """
    letter, after_letter = prefix[0], prefix[1:]
    chain = chain_of(home)
    of_chain = [region for region in chain if region.name.startswith(letter)]
    province_name, others = province_letters().get(letter, (None, ()))
    province = gazetteer(REFERENCE_YEAR).resolve(province_name) if province_name else None
    if province is not None:
        in_chain = [region for region in chain if region.name == province.name]
        rivals = [region for region in of_chain if region.name != province.name]
        if in_chain and not rivals:
            return region_below(in_chain[0], after_letter, chain)
        if not in_chain and not rivals and not others:
            return region_below(province, after_letter, chain)
        if not in_chain and len(rivals) == 1:
            return rivals[0]
        return None
    return of_chain[0] if len(of_chain) == 1 else None


def region_below(province: Region, after_letter: str, chain: list[Region]) -> Region | None:
    """The region that a prefix such as 沪奉农委 belongs to, where its first character is a province's: `after_letter`
    is the prefix after that character, `chain` the plan's own region and those above it. '奉农委' after 沪 in a plan of
    奉贤区 -> 奉贤区; '农委' -> the province itself, because an office (OFFICE_START) follows at once, also where a
    region begins with its character (金发 of the office of finance), unless 府 is the second character, or 政 where a
    region of `chain` begins with the first (金府发 in a plan of 金山区 -> 金山区, elsewhere None). None for the
    character of a region that is not in `chain`, or that two of `chain` without the province begin with, and for ''."""
    below = [r for r in chain if r.name != province.name and after_letter and r.name.startswith(after_letter[0])]
    of_government = OTHER_GOVERNMENT.match(after_letter) or (below and after_letter[1:].startswith("政"))
    if OFFICE_START.match(after_letter) and not of_government:
        return province
    if len(below) == 1:
        return below[0]
    # A foreign city's or district's number (沪青府发 in a plan of 奉贤区): the province is not its issuer.
    return None


# 府发, 政办发, 医保发, 发改: what may stand right after the province's character
OFFICE_START = re.compile(
    r"府|政|委|办|人|医保|发改|教|民|卫|财|税|人社|环|建|交|水|农|商|文|应急|市监|药监|林|科|经信|工信|司|公|审|统"
    r"|规|自然资|国土|国资|体|广|金|粮|能|残|妇|工|团|安|乡|退役|机|编|信访|数|住建|绿|民族|扶|减灾|防|质|食|知"
)
# 金府发: a government below the province, although 金 alone is an office of the province
OTHER_GOVERNMENT = re.compile(r"[^政]府")


def office_of_number(prefix: str, region: Region) -> str | None:
    """The office that a prefix of document numbers names after the characters of `region`, its region (one, or two for
    a city or county after its province's, and 市, 县, 区 or 州 after them): '川府发' -> '人民政府', '沪府办发' ->
    '人民政府办公厅', '川委办' -> '党委办公厅'; the offices below a province are 办公室. None where the rest is none of
    these: 府, 政 or 人民政府, 府办 or 政办, 委, 委办 or 委厅, each with an ending of its own list (发, 函 and 规 of a
    government, 发 alone of 委) or none. It is then that of another body (川农业), or it is open whose it is
    (川办发)."""
    provincial = region.level == "provincial"
    letters_of_region = (
        2 if prefix[0] in province_letters() and not provincial and not region.name.startswith(prefix[0]) else 1
    )
    office = prefix[letters_of_region:]
    office = office[1:] if office[:1] in ("市", "县", "区", "州") else office
    for pattern, name in (
        (GOVERNMENT_NUMBER, "人民政府"),
        (GOVERNMENT_OFFICE_NUMBER, "人民政府办公厅" if provincial else "人民政府办公室"),
        (PARTY_NUMBER, "党委"),
        (PARTY_OFFICE_NUMBER, "党委办公厅" if provincial else "党委办公室"),
    ):
        if pattern.fullmatch(office):
            return name
    return None


@cache
def province_letters() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The province by the character that its document numbers begin with, as (its name, the names of cities and
    counties whose numbers may begin with the same one): '吉' -> ('吉林省', ('吉林市', '吉安市'))."""
    return {c: (name, tuple(filter(None, others.split("|")))) for c, name, others in data_rows("province_letters.tsv")}


@cache
def central_prefixes() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The name of the central body by the prefix of its document numbers: a dict of prefixes that are complete
    (国办发), and pairs of prefix and name where more characters may follow the prefix (发改 in 发改社会), the longest
    prefix first. Bodies that issue no policies are left out; of several bodies with one complete prefix the last in the
    data file counts."""
    exact: dict[str, str] = {}
    open_ended: list[tuple[str, str]] = []
    for body in public_bodies():
        if body.issuer is None:
            continue
        for prefix in body.prefixes:
            if prefix.startswith("~"):
                open_ended.append((prefix[1:], body.issuer))
            else:
                exact[prefix] = body.issuer
    return exact, tuple(sorted(open_ended, key=lambda pair: (-len(pair[0]), pair[0])))
