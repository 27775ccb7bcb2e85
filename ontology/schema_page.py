"""The page on the schema (docs/schema.md, Markdown) with its diagram (Mermaid), made from the declaration."""

from collections import defaultdict
from collections.abc import Iterator

from ontology.namespaces import KG, ONTOLOGY, compact, notation_of
from ontology.schema import Class, Property, schema
from ontology.shapes import concepts

COUNTS = {(1, 1): "1", (0, 1): "0..1", (1, None): "1..n", (0, None): "0..n"}
DIAGRAM_START, DIAGRAM_END = "```mermaid\ngraph LR\n", "```"


def page() -> str:
    """The text of docs/schema.md: the diagram, and each declared class but Fact with its properties, in English and
    Chinese."""
    parts = [
        "# Schema\n\nMade from [ontology/plan.ttl](../ontology/plan.ttl) by `make ontology`. "
        f"Namespace `kg:` is `{KG}`, the ontology `{ONTOLOGY}`; `kg export ontology`, `kg export shapes` and "
        "`kg export context` write them as files. *Key* is the name outside RDF: label, relationship type, column.\n",
        f"{DIAGRAM_START}{diagram()}{DIAGRAM_END}\n",
    ]
    parts += [_class(declared) for declared in schema().declared.values() if declared.key != "Fact"]
    return "\n".join(parts)


def diagram() -> str:
    """The lines of a Mermaid graph below its first (`graph LR`): one for each pair of classes with the links from one
    to the other. Those of a plan are drawn at Policy, its class above; that facts are derived from a document is drawn
    once for all kinds of fact."""
    links: dict[tuple[str, str], list[str]] = defaultdict(list)
    for declared in schema().declared.values():
        for prop in declared.properties.values():
            if prop.holds == "node" and prop.key != "DERIVED_FROM" and declared.key not in {"Fact", "Plan"}:
                links[declared.key, schema().class_keys[prop.target or ""]].append(prop.key)
    lines = [f'  {start} -- "{" · ".join(keys)}" --> {end}\n' for (start, end), keys in links.items()]
    kinds = " · ".join(kind.key for kind in schema().kinds)
    return "".join(lines) + f'  Fact["{kinds}"] -- DERIVED_FROM --> Document\n'


def _class(declared: Class) -> str:
    """The section of the page on a class, in Markdown: a heading with its labels, a line with its IRI (`compact`), key
    and table, its comments, for a kind of fact a sentence on what its IRI is made from, and a table of properties."""
    comments = dict(declared.comments)
    lines = [
        f"## {declared.label('en').capitalize()} · {declared.label('zh')}\n",
        f"`{compact(declared.iri.value)}` · key `{declared.key}` · table `{declared.plural}`\n",
        f"{comments.get('en', '')} {comments.get('zh', '')}\n",
    ]
    if declared.identity:
        names = ", ".join(f"`{key}`" for key in declared.identity)
        lines.append(f"A fact's IRI is made from its document, its kind and {names}.\n")
    lines += ["| property | key | holds | count | means |", "|---|---|---|---|---|"]
    lines += [_row(prop) for prop in declared.properties.values()]
    return "\n".join(lines) + "\n"


def _row(prop: Property) -> str:
    """The row, in Markdown, on a property in the table of its class."""
    comments = dict(prop.comments)
    cells = (
        f"`{compact(prop.iri.value)}`",
        f"`{prop.key}`",
        "; ".join(_holds(prop)),
        COUNTS[prop.least, prop.most],
        f"{prop.label('en')} · {prop.label('zh')}. {comments.get('en', '')} {comments.get('zh', '')}",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _holds(prop: Property) -> Iterator[str]:
    """What the values of a property are, one text: '→ Region', the datatype, or the closed list with its members where
    the declaration has them ('concept of `scheme:role`: lead, participant')."""
    if prop.holds == "node":
        yield f"→ {schema().class_keys[prop.target or '']}"
    elif prop.holds == "concept":
        names = [notation_of(iri) for iri in concepts(prop.scheme or "")]
        yield f"concept of `{compact(prop.scheme or '')}`" + (": " + ", ".join(names) if names else "")
    else:
        yield prop.holds
