MATCH (f)-[:DERIVED_FROM]->(d:Document)
WITH * WHERE ($plan IS NULL OR d.title CONTAINS $plan OR d.file CONTAINS $plan OR d.iri = $plan) AND ($document IS NULL OR d.iri STARTS WITH $document)
RETURN d.file AS file, d.title AS plan, d.iri AS plan_id, labels(f)[0] AS kind, count(DISTINCT f) AS facts
