"""A preset for each kind of fact, made from the declaration (plan.ttl): its fields, evidence and ids. The preset is
used where no file has one of this name.

So a kind that another package adds can be asked for, in both languages, before anyone writes a query for it.
"""

from dataclasses import dataclass

from ontology.namespaces import turtle_name
from ontology.schema import Class, Property, schema

# what the includes `plan`, `fact` and `fact-columns` say, what every row says of the plan, and a fact's corrections
COMMON_KEYS = frozenset({"quote", "start", "end", "page", "position", "origin", "DERIVED_FROM", "CORRECTED_BY"})
# properties that name a node, the best first
NAMING_KEYS = ("label", "title", "name", "subject", "quote")


@dataclass(frozen=True, slots=True)
class Generated:
    """A preset as the texts of its two files: SPARQL with the header, which holds for both, and Cypher."""

    sparql: str
    cypher: str


def generated() -> dict[str, Generated]:
    """A generated preset for every kind of fact, also for one that has a preset in files (which `presets.preset`
    prefers), by the name of the preset that the kind declares, else the kind's plural."""
    return {kind.preset: Generated(_sparql(kind), _cypher(kind)) for kind in schema().kinds}


def _shown(kind: Class) -> list[Property]:
    """The properties of a kind of fact that are columns of its preset beside those that every such preset has, in the
    declared order: all but COMMON_KEYS (quote, place, position, origin, the document, and corrections, which are no
    column)."""
    return [prop for prop in kind.properties.values() if prop.key not in COMMON_KEYS]


def _column(prop: Property) -> str:
    return prop.key.lower()


def _name_of(prop: Property) -> Property:
    """The property that has the name of the nodes to which the property `prop`, a link, leads: the first of NAMING_KEYS
    that their class has: `label` for a link to tasks. Raises StopIteration where it has none."""
    target = schema().of_iri(prop.target or "")
    return next(target.properties[key] for key in NAMING_KEYS if key in target.properties)


def _columns(kind: Class) -> list[str]:
    """The columns of the preset of a kind as its header names them, in order: plan, region, the fields, position,
    evidence, the ids, origin."""
    ids = [f"{_column(prop)}_id" for prop in _shown(kind) if prop.holds == "node"]
    fields = [_column(prop) for prop in _shown(kind)]
    return ["plan", "region", *fields, "position", "evidence", "plan_id", "region_id", *ids, "fact_id", "origin"]


def _header(kind: Class) -> str:
    """The header of the preset of a kind, which stands in its .rq file and holds for its .cypher file too: lines of
    YAML, each after #+. The title is the kind's plural in English and its label in Chinese, the description its comment
    in each language, or its label where it lacks one; the other lines are group, parameters, documents, joined, columns
    and order."""
    comments = {"en": kind.label("en"), "zh": kind.label("zh"), **dict(kind.comments)}
    lines = [
        f"title: {{en: {kind.plural.capitalize()}, zh: {kind.label('zh')}}}",
        "group: plans",
        f'description: {{en: "{_plain(comments["en"])}", zh: "{_plain(comments["zh"])}"}}',
        "parameters: [plan]",
        "documents: [plan]",
        f"joined: [{', '.join(_column(prop) for prop in _shown(kind) if _several(prop))}]",
        f"columns: [{', '.join(_columns(kind))}]",
        "order: [file, plan, position]",
    ]
    return "".join(f"#+ {line}\n" for line in lines)


def _several(prop: Property) -> bool:
    """Whether the property holds literals and a fact may have several, which the preset joins in one column."""
    return prop.most != 1 and prop.holds not in {"node", "concept"}


def _plain(words: str) -> str:
    """The words for a text in double quotation marks of the header: those marks become single ones, backslashes
    blanks."""
    return words.replace("\\", " ").replace('"', "'")


def _sparql(kind: Class) -> str:
    """The text of the .rq file of the preset of a kind: each property is optional; a link gives the name of the node
    that it leads to (`_name_of`) and, as NAME_id, its IRI; a member of a closed list gives its key from the reference
    graph, None where it has none there."""
    inside, outside = [], []
    names = [name for name in _columns(kind) if name != "evidence"]
    for prop in _shown(kind):
        path, column = _path(prop), _column(prop)
        if prop.holds == "node":
            name_pattern = f"?{column}_node {_path(_name_of(prop))} ?{column}"
            inside.append(f"OPTIONAL {{ ?fact {path} ?{column}_node . {name_pattern} }}")
            outside.append(f"BIND(STR(?{column}_node) AS ?{column}_id)")
        elif prop.holds == "concept":
            outside.append(
                f"OPTIONAL {{ GRAPH ?doc {{ ?fact {path} ?{column}_node }} "
                f"GRAPH ?reference {{ ?{column}_node skos:notation ?{column} }} }}"
            )
        else:
            inside.append(f"OPTIONAL {{ ?fact {path} ?{column} }}")
    select = " ".join(f"?{name}" for name in [*names, "file", "start", "end", "page", "quote"])
    return (
        _header(kind)
        + f"SELECT DISTINCT {select} WHERE {{\n  GRAPH ?doc {{\n    #include plan\n"
        + f"    ?fact a {turtle_name(kind.iri.value)} .\n    #include fact fact\n"
        + "".join(f"    {line}\n" for line in inside)
        + "  }\n  #include fact-columns fact\n"
        + "".join(f"  {line}\n" for line in outside)
        + "  #include region\n  #include plan-filter\n}\n"
    )


def _path(prop: Property) -> str:
    """The property as a query in SPARQL names it: kg:subject."""
    return turtle_name(prop.iri.value)


def _cypher(kind: Class) -> str:
    """The text of the .cypher file of the preset of a kind: each property is optional; a link gives the name of the
    node that it leads to (`_name_of`) and, as NAME_id, its IRI; a member of a closed list gives its key, which Neo4j
    has as the property; a property of several plain values gives a row for each."""
    matches, returned = [], []
    for prop in _shown(kind):
        column = _column(prop)
        if prop.holds == "node":
            label = schema().class_keys[prop.target or ""]
            matches.append(f"OPTIONAL MATCH (fact)-[:{prop.key}]->({column}_node:{label})\n")
            name = _name_of(prop).key
            returned.append(f"{column}_node.{name} AS {column}, {column}_node.iri AS {column}_id")
        elif _several(prop):
            matches.append(f"UNWIND coalesce(fact.{prop.key}, [null]) AS {column}\n")
            returned.append(column)
        else:
            returned.append(f"fact.{prop.key} AS {column}")
    return (
        f"MATCH (fact:{kind.key})-[:DERIVED_FROM]->(d:Document)\n//include plan\n"
        + "".join(matches)
        + "RETURN d.title AS plan, home.label AS region, d.file AS file, d.iri AS plan_id, home.iri AS region_id,\n"
        + "".join(f"       {line},\n" for line in returned)
        + "//include fact fact\n"
    )
