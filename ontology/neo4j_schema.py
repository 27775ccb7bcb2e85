"""The labels of the property graph, grouped by what their nodes belong to, and the constraints and indexes that Neo4j
needs for them."""

from ontology.property_graph import NODE_LABELS

# of nodes that plans share; of nodes of one plan; of nodes of derived graphs
SHARED_LABELS = ("Policy", "Region", "Organization", "IndicatorConcept")
PLAN_LABELS = tuple(label for label in NODE_LABELS if label not in SHARED_LABELS and label != "Plan")
DERIVED_LABELS = ("Comparison", "Alignment", "Duplicate", "ActualValue")
CITING_LINKS = ("BASED_ON", "IMPLEMENTS", "ANNOUNCES", "MENTIONS")

NEO4J_SCHEMA = (
    *(
        f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.iri IS UNIQUE"
        for label in (*SHARED_LABELS, *PLAN_LABELS, *DERIVED_LABELS, "SchemeConcept")
    ),
    "CREATE CONSTRAINT IF NOT EXISTS FOR (n:KgRecord) REQUIRE n.path IS UNIQUE",
    "CREATE CONSTRAINT IF NOT EXISTS FOR (n:KgDerived) REQUIRE n.name IS UNIQUE",
    "CREATE CONSTRAINT IF NOT EXISTS FOR (n:KgLock) REQUIRE n.name IS UNIQUE",
    "CREATE INDEX IF NOT EXISTS FOR (n:KgRecord) ON (n.document)",
    *(f"CREATE INDEX IF NOT EXISTS FOR (n:{label}) ON (n.graph)" for label in (*PLAN_LABELS, *DERIVED_LABELS)),
    *(f"CREATE INDEX IF NOT EXISTS FOR ()-[r:{kind}]-() ON (r.graph)" for kind in CITING_LINKS),
    "CREATE INDEX IF NOT EXISTS FOR (n:Policy) ON (n.label)",
    "CREATE INDEX IF NOT EXISTS FOR (n:Region) ON (n.label)",
    "CREATE INDEX IF NOT EXISTS FOR (n:Region) ON (n.code)",
    # for a part of a name (CONTAINS), which the indexes above do not find
    "CREATE TEXT INDEX IF NOT EXISTS FOR (n:Region) ON (n.label)",
    "CREATE TEXT INDEX IF NOT EXISTS FOR (n:Document) ON (n.title)",
    "CREATE TEXT INDEX IF NOT EXISTS FOR (n:Document) ON (n.file)",
    "CREATE INDEX IF NOT EXISTS FOR (n:IndicatorConcept) ON (n.label)",
    "CREATE INDEX IF NOT EXISTS FOR (n:Organization) ON (n.function)",
)
