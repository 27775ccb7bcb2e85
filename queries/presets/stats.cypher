MATCH (f)-[:DERIVED_FROM]->(d:Document)
RETURN d.file AS file, d.title AS plan, labels(f)[0] AS kind, count(DISTINCT f) AS facts
