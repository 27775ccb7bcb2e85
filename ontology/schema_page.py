"""The page on the schema and its diagram, made from the declaration."""

from collections import defaultdict
from collections.abc import Iterator

from ontology.namespaces import KG, ONTOLOGY, compact, notation_of
from ontology.schema import Class, Property, schema
from ontology.shapes import concepts

COUNTS = {(1, 1): "1", (0, 1): "0..1", (1, None): "1..n", (0, None): "0..n"}
DIAGRAM_START, DIAGRAM_END = "```mermaid\ngraph LR\n", "```"


def page() -> str:
    """The text of docs/schema.md: the diagram, and each class with its properties, in English and Chinese."""
    parts = [
        "# Schema\n\nMade from [ontology/plan.ttl](../ontology/plan.ttl) by `make ontology`. "
        f"Namespace `kg:` is `{KG}`, the ontology `{ONTOLOGY}`; `kg export ontology`, `kg export shapes` and "
        "`kg export context` write them as files. *Key* is the name outside RDF: label, relationship type, column.\n",
        f"{DIAGRAM_START}{diagram()}{DIAGRAM_END}\n",
    ]
    parts += [_class(found) for found in schema().declared.values() if found.key != "Fact"]
    return "\n".join(parts)


def diagram() -> str:
    """The lines of a Mermaid graph below its first (`graph LR`): one for each pair of classes with the links from one
    to the other. Those of a plan are drawn at Policy, its class above; that facts are derived from a document is drawn
    once for all kinds of fact."""
    links: dict[tuple[str, str], list[str]] = defaultdict(list)
    for found in schema().declared.values():
        for held in found.properties.values():
            if held.holds == "node" and held.key != "DERIVED_FROM" and found.key not in {"Fact", "Plan"}:
                links[found.key, schema().class_keys[held.target or ""]].append(held.key)
    lines = [f'  {start} -- "{" · ".join(keys)}" --> {end}\n' for (start, end), keys in links.items()]
    kinds = " · ".join(kind.key for kind in schema().kinds)
    return "".join(lines) + f'  Fact["{kinds}"] -- DERIVED_FROM --> Document\n'


def _class(found: Class) -> str:
    """The section of the page on a class, in Markdown: a heading, a line of names, comments, and a table of
    properties."""
    comments = dict(found.comments)
    lines = [
        f"## {found.label('en').capitalize()} · {found.label('zh')}\n",
        f"`{compact(found.iri.value)}` · key `{found.key}` · table `{found.plural}`\n",
        f"{comments.get('en', '')} {comments.get('zh', '')}\n",
    ]
    if found.identity:
        names = ", ".join(f"`{key}`" for key in found.identity)
        lines.append(f"A fact's IRI is made from its document, its kind and {names}.\n")
    lines += ["| property | key | holds | count | means |", "|---|---|---|---|---|"]
    lines += [_row(held) for held in found.properties.values()]
    return "\n".join(lines) + "\n"


def _row(held: Property) -> str:
    """The row, in Markdown, on a property in the table of its class."""
    comments = dict(held.comments)
    cells = (
        f"`{compact(held.iri.value)}`",
        f"`{held.key}`",
        "; ".join(_holds(held)),
        COUNTS[held.least, held.most],
        f"{held.label('en')} · {held.label('zh')}. {comments.get('en', '')} {comments.get('zh', '')}",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _holds(held: Property) -> Iterator[str]:
    """What the values of a property are: '→ Region', the datatype, or the closed list with its members."""
    if held.holds == "node":
        yield f"→ {schema().class_keys[held.target or '']}"
    elif held.holds == "concept":
        names = [notation_of(iri) for iri in concepts(held.scheme or "")]
        yield f"concept of `{compact(held.scheme or '')}`" + (": " + ", ".join(names) if names else "")
    else:
        yield held.holds
