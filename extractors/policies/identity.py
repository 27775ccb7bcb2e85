"""The identity of a policy: the same however it is cited, and none where two documents could be meant."""

from functools import cache

from extractors import expressions as re
from extractors.policies.decisions import decisions
from extractors.policies.doc_numbers import number_body, number_prefix
from extractors.policies.title_region import INTERNATIONAL, national_name, nationally_known, of_title, without_ministry
from extractors.policies.titles import Carried, carried, display_title, is_common, name_of, split_issuer, type_of
from extractors.reference.issuers import Body, ancestor, chain_of, region_prefix
from extractors.reference.issuers import issuer as read_issuer
from extractors.reference.regions import CHINA, NOWHERE, REFERENCE_YEAR, gazetteer
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import OPEN_SCOPE, Policy, Region, squeeze


def identify(
    title: str,
    *,
    work: str | None = None,
    issuer: str | None = None,
    doc_number: str | None = None,
    home: Region,
    within: str | None = None,
) -> Policy:
    """The identity of the document that a title names: '国务院办公厅关于印发<“十四五”全民医疗保障规划>的通知' -> scope
    中国, name 十四五全民医疗保障规划.

    `work` is the title of the document that a notice carries, where the notice's own title does not name it; `issuer`
    the body, or only the region (国家, 我省), that the words beside the title name; `doc_number` the 文号. `home` is
    the region of the citing plan, which 本市 and 省政府 mean. `within` is a text that no other plan has, such as that
    plan's own scope and name in one; it keeps apart what two plans call 《三年行动计划》, and without it only their
    regions do. A plan that is read is identified by its own title, issuer, 文号 and region. Raises Refused where a file
    of people's decisions (`decisions`) cannot be read or has a wrong line.
    """
    return identified(title, work=work, body=stated_body(issuer, home), doc_number=doc_number, home=home, within=within)


def identified(
    title: str,
    *,
    work: str | None = None,
    body: Body | None = None,
    doc_number: str | None = None,
    home: Region,
    within: str | None = None,
) -> Policy:
    """As `identify`, whose arguments it takes, for a caller who knows the issuing body itself (`body`) and not only the
    words that name it (`issuer`). 《》 around the whole title do not count. Of several statements of the issuer the
    first of these counts: that in the document's own title, the author and then the sender in the notice's title,
    `body`, the document number.

    Where the title is that of a notice (`carried`), or else `work` is given, the policy is the carried document; 市 in
    the notice means the city of the sender that the notice's title or `body` names, else of `home`. But a notice that
    hands on a document of another authority (`hands_on_foreign`) is the policy itself. Raises Refused as `identify`
    does.
    """
    printed = squeeze(title)
    if re.fullmatch(r"《[^《》]*》", printed):
        printed = printed[1:-1]
    notice = carried(printed)
    if work and not notice:
        notice = Carried(squeeze(work), None, None, "印发")
    stated = (stated_body(notice.issuer, home) if notice else None) or body
    numbered = number_body(doc_number, home) if doc_number else None
    if notice and not hands_on_foreign(notice, stated or numbered):
        # 转发市发展改革委制订的《X》: 市 is that of the sender, whoever cites it.
        inner = stated.region if stated else home
        author = stated_body(notice.author, inner)
        return policy_of(*scope_and_name(notice.work, author or stated, numbered, doc_number, inner, within))
    return policy_of(*scope_and_name(printed, stated, numbered, doc_number, home, within))


def stated_body(printed: str | None, home: Region) -> Body | None:
    """The body or region that `printed`, the words beside a title, stands for in a plan of the region `home`. The first
    that applies: the body with which they begin (`issuer`): '市政府' in a plan of 达州市 -> Body(达州市, '人民政府');
    '国家' and the like -> Body(中国, None); a level, '我省' -> Body(四川省, None), None where `home` is in no region of
    that level; the region whose name they begin with, without a body. None for no words or other ones."""
    if not printed:
        return None
    if found := read_issuer(printed, home):
        return found
    text = squeeze(printed)
    if text in ("国家", "中央", "我国", "全国", "中国"):
        return Body(CHINA, None)
    if found_level := re.fullmatch(r"(?:本|我|全)?(?P<level>自治区|省|市|州|盟|县|区|旗|镇|乡|街道)(?:级|里)?", text):
        region = ancestor(home, found_level["level"])
        return Body(region, None) if region else None
    prefix = region_prefix(text, home)
    return Body(prefix[0], None) if prefix else None


def hands_on_foreign(notice: Carried, sender: Body | None) -> bool:
    """Whether the notice hands on a document of another authority than `sender`, the body that sent it, so that the
    notice is a document in its own right: 四川省人民政府办公厅转发国务院办公厅关于…的通知 is one of Sichuan. Bodies of
    one region are one authority, so that 国务院办公厅转发国家发展改革委… is no such notice. The author of the document
    is the one that the notice names, else the words before 关于 in the document's title. Where these are no known body
    or region (`stated_body`), the answer is whether the document's title is national (`national_name`) and the sender
    is not. False where the sender is not known (None)."""
    if sender is None:
        return False
    author = stated_body(notice.author or split_issuer(notice.work)[0], sender.region)
    if author is not None:
        return author.region != sender.region
    return national_name(notice.work) and sender.region != CHINA


def scope_and_name(
    title: str,
    stated: Body | None,
    numbered: Body | None,
    doc_number: str | None,
    home: Region,
    within: str | None,
) -> tuple[str, str, Region | None]:
    """The scope and the name of the document with this title, which together identify the policy, and the region that
    the scope belongs to (None where the issuer is open): ('渠县人民政府关于深化改革的意见', …) ->
    ('四川省达州市渠县人民政府', '关于深化改革的意见', 渠县). `stated` is the issuing body that the words beside the
    title state, `numbered` the one that the document number shows, and `doc_number` the number itself, each None where
    there is none; `home` is the region of the citing plan and `within` that plan's own scope and name.

    A body before 关于 in the title is taken off it and takes the place of `stated`; other words before 关于, a region
    alone among them, stay. A title that then begins with 关于 is read by `subject_scope`, any other by `titled_scope`.
    """
    before, name = split_issuer(title)
    own = stated_body(before, home) if before else None
    if before and (own is None or own.name is None):
        name = title
    elif own is not None:
        stated = own
    if name.startswith("关于"):
        return subject_scope(name, stated, numbered, doc_number, home, within)
    return titled_scope(name, stated, numbered, home, within)


def subject_scope(
    title: str, stated: Body | None, numbered: Body | None, doc_number: str | None, home: Region, within: str | None
) -> tuple[str, str, Region | None]:
    """Scope, name and region of a document that its title names by subject (关于…的意见). The title does not say who
    issued it, so the issuing body is part of the scope. The first that is known:

    - the body that the words beside the title state (`stated`), else the one that the document number shows
      (`numbered`), where it has a name;
    - the region of `numbered` with the prefix of `doc_number`: 四川省（川农业）;
    - the region of `stated`, else the one that the title calls its own (`region_of_itself`), with 未定 for the body,
      where the name does not consist of common words;
    - none: the scope is `open_scope` of `home`, the plan's region, and `within`, the plan's own scope and name, and the
      region is None.
    """
    name = name_of(title)
    for body in (stated, numbered):
        if body is not None and body.name is not None:
            return body_scope(body), name, body.region
    if numbered is not None and doc_number:
        return f"{scope_of(numbered.region)}（{number_prefix(doc_number)}）", name, numbered.region
    region = stated.region if stated else region_of_itself(title, home)
    if region is not None and region != NOWHERE and not is_common(name):
        return f"{scope_of(region)}（{OPEN_SCOPE}）", name, region
    return open_scope(home, within, name), name, None


# 关于本市贯彻…的意见
OF_ITSELF = re.compile(r"关于.{0,12}?(?:本|我)(?P<level>省|市|县|区|州|自治区|旗|盟)")


def region_of_itself(title: str, home: Region) -> Region | None:
    """The region that a title calls its own with 本 or 我 (本市, 我省) in the twelve characters after 关于, with which
    it begins: '关于本市推进城市更新的意见' in a plan of 成都市 (`home`) -> 成都市; None for other titles (关于全市…),
    and where `home` is in no region of that level."""
    found = OF_ITSELF.match(title)
    return ancestor(home, found["level"]) if found else None


def titled_scope(
    title: str, stated: Body | None, numbered: Body | None, home: Region, within: str | None
) -> tuple[str, str, Region | None]:
    """Scope, name and region of a titled work (四川省“十四五”能源发展规划). A region has one work of a name, whichever
    of its bodies issued it, so the scope is the region that `region_of_work` finds, and the name what this leaves of
    the title, as `name_of` writes it. ('四川省“十四五”能源发展规划', …) -> ('四川省', '十四五能源发展规划', 四川省).
    `stated` and `numbered` are the issuing bodies that the words beside the title and the document number show, each
    None where there is none.

    - A law is of 中国, a treaty (INTERNATIONAL) of the scope 国际 without a region, whatever else is stated.
    - Where no region is found, the scope is `open_scope` of `home`, the citing plan's region, and `within`, that plan's
      own scope and name.
    - Where the name consists of common words (实施方案), the scope is the region and, after ·, `open_scope`.
    - In the scope 中国 the name loses 国家 and the like after its period (`without_country`).
    """
    if type_of(title) == "法律":
        return scope_of(CHINA), name_of(title.removeprefix("中华人民共和国")), CHINA
    if INTERNATIONAL.search(title):
        return "国际", name_of(title), None
    region, subject = region_of_work(title, stated, numbered, home)
    name = name_of(subject)
    if region is None or is_common(name):
        outer = f"{scope_of(region)}·" if region else ""
        return outer + open_scope(home, within, name), name, region
    return scope_of(region), without_country(name) if region == CHINA else name, region


def region_of_work(title: str, stated: Body | None, numbered: Body | None, home: Region) -> tuple[Region | None, str]:
    """The region whose work the title names, None where none is found, and what is left of the title for its name (as
    `of_title` or `without_ministry` give it, else the title). `home` is the region of the citing plan. The first that
    applies:

    - the region in the title (`of_title`), unless the whole title is on the list of national documents
      (海南自由贸易港建设总体方案), in which the region is part of the name;
    - 中国, for a ministry's name before a five-year period (`without_ministry`);
    - the region of the body that the words beside the title state (`stated`), else of that of the document number
      (`numbered`);
    - 中国, for a title that is national by itself (`national_name`) or on the list, and in a plan of China.
    """
    region, subject = of_title(title, home)
    if region is not None and nationally_known(name_of(title)):
        region, subject = None, title
    if region is not None:
        return region, subject
    if unnamed := without_ministry(title, home):
        return CHINA, unnamed
    if body := stated or numbered:
        return body.region, subject
    national = national_name(title) or nationally_known(name_of(subject)) or home.level == "national"
    return (CHINA if national else None), subject


def without_country(name: str) -> str:
    """The name without 国家, 全国, 我国 or 中国 after the five-year period (十一五 to 十九五, 二十五) with which it
    begins, because both forms name one plan: '十四五国家老龄事业发展规划' -> '十四五老龄事业发展规划'."""
    return re.sub(rf"^((?:二十|十[{ONES}])五)(?:国家|全国|我国|中国)", r"\1", name)


def scope_of(region: Region) -> str:
    """The full name of a region with those above it, because districts share names: 渠县 -> '四川省达州市渠县'; 中国 ->
    '中国'. The names are those of REFERENCE_YEAR, whatever the citing plan's year: 襄樊市 -> '湖北省襄阳市'."""
    return "".join(reversed([above.name for above in chain_of(current(region))])) or CHINA.name


@cache
def current(region: Region) -> Region:
    """The region under its name of REFERENCE_YEAR, whatever the citing plan's year: 襄樊市 -> 襄阳市. A region without
    a code, or whose name the gazetteer does not know beside its parent, is unchanged."""
    if region.code is None:
        return region
    return gazetteer(REFERENCE_YEAR).resolve(region.name, region.parent) or region


def body_scope(body: Body) -> str:
    """The scope of a body's documents, its name with its region: Body(四川省, '人民政府') -> '四川省人民政府',
    Body(四川省, '党委、人民政府') -> '中共四川省委、四川省人民政府', Body(中国, '国务院') -> '国务院'. That of the
    region (`scope_of`) where the body has no name."""
    if body.region == CHINA:
        return body.name or CHINA.name
    where = scope_of(body.region)
    parts = []
    for name in (body.name or "").split("、"):
        parts.append(f"中共{where}委{name.removeprefix('党委')}" if name.startswith("党委") else where + name)
    return "、".join(parts)


def open_scope(home: Region, within: str | None, name: str) -> str:
    """The scope of a document whose issuer is open, in a plan of the region `home`: '未定：四川省达州市渠县'. Two plans
    mean the same document by its `name` (as `name_of` writes it) only where they are of the same region.

    Where the name consists of common words (三年行动计划), or the plan's region is not known, two plans never do: the
    scope then has `within`, the plan's own scope and name, in place of the region, where it is given (neither None nor
    '').
    """
    alone = within if is_common(name) or home == NOWHERE else None
    return f"{OPEN_SCOPE}：{alone or scope_of(home)}"


def policy_of(scope: str, name: str, region: Region | None) -> Policy:
    """The policy of this scope and name, with its label, level and type. Its region is `region` under its present name
    (`current`), which gives the level and goes into the label; level and region are None where `region` is. Where
    people decided that the policy is the same as another (`decisions`), that other one, in the region of its scope.
    Raises Refused where a file of decisions cannot be read or has a wrong line."""
    if other := decisions().same.get((scope, name)):
        scope, name = other
        region = region_of_scope(scope)
    region = current(region) if region else None
    return Policy(
        scope, name, policy_label(scope, name, region), region.level if region else None, type_of(name), region
    )


# 四川省（川农业）, 四川省（未定）, 四川省·未定：四川省达州市渠县: the region, and what is known of its issuer
SCOPE_IN_REGION = re.compile(rf"(?P<region>[^·（）]+)(?:·{OPEN_SCOPE}：.*|（[^（）]*）)")


def region_of_scope(scope: str) -> Region | None:
    """The region that a scope belongs to, as `scope_and_name` returns it with the scope: '四川省达州市渠县' -> 渠县,
    '四川省人民政府', '四川省（川农业）' and '四川省·未定：四川省达州市渠县' -> 四川省, '中国' -> CHINA. A former name
    of a region is understood (襄樊市 -> 襄阳市). None for '未定：四川省达州市渠县', of which no region is known, and
    where the scope names no known region (国际)."""
    if scope.startswith(OPEN_SCOPE):
        return None
    if found := read_issuer(scope, CHINA):
        return found.region
    inside = SCOPE_IN_REGION.fullmatch(scope)
    place = inside["region"] if inside else scope
    return CHINA if place == CHINA.name else gazetteer(REFERENCE_YEAR).resolve(place)


def policy_label(scope: str, name: str, region: Region | None) -> str:
    """The name of a policy for people, made from scope and name: ('四川省达州市渠县', '十四五全民医疗保障规划') ->
    '渠县“十四五”全民医疗保障规划'. `region` is that of the scope, None where it has none.

    It is the name as `display_title` writes it. Where the scope is open, what is known of the issuer follows in
    brackets (`_open_label`). Otherwise the name stands alone where `region` is None, and with 国家 or the like as
    `_national_label` says where it is China. In another region the scope stands before a name that begins with 关于,
    and the region's name before any other, unless that begins with the same two characters.
    """
    words = display_title(name)
    if OPEN_SCOPE in scope:
        return _open_label(scope, words, region)
    if region is None:
        return words
    if region == CHINA:
        return _national_label(scope, name, words)
    if name.startswith("关于"):
        return scope + words
    return words if words.startswith(region.name[:2]) else region.name + words


def _open_label(scope: str, words: str, region: Region | None) -> str:
    """The label of a policy whose scope is open: `words`, the name as `display_title` writes it, with what is known of
    the issuer. `region` is the one that `scope` names. Without one all of the scope stands in brackets after the name:
    ('未定：渠县', '养老规划', None) -> '养老规划（未定：渠县）'. Where the scope has a ·, the region's name stands
    before the name and the words after the · in the brackets: ('四川省·未定：渠县', '实施方案', 四川省) ->
    '四川省实施方案（未定：渠县）'. Else the brackets have the region and 发文机关未定: ('四川省（未定）',
    '关于…的意见', 四川省) -> '关于…的意见（四川省，发文机关未定）'."""
    if region is None:
        return f"{words}（{scope}）"
    if "·" in scope:
        return f"{region.name}{words}（{scope.partition('·')[2]}）"
    return f"{words}（{region.name}，发文机关{OPEN_SCOPE}）"


def _national_label(scope: str, name: str, words: str) -> str:
    """The label of a policy of China: `words`, the name as `display_title` writes it, after the scope where that is a
    body (国务院); after 中华人民共和国 where it is a law or the plan of the whole country (国民经济和社会发展…); after
    国家 where it begins with a five-year period from the ninth on (“十四五”…); else alone."""
    if scope != CHINA.name:
        return scope + words
    if type_of(name) == "法律" or name.startswith("国民经济和社会发展"):
        return "中华人民共和国" + words
    return f"国家{words}" if words.startswith("“") and words[1:2] in "九十二" else words
