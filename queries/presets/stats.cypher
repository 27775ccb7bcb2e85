MATCH (f)-[:DERIVED_FROM]->(d:Document)
RETURN d.file AS file, d.title AS plan, d.iri AS plan_id, labels(f)[0] AS kind, count(DISTINCT f) AS facts
