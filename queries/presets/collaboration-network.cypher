MATCH (a:Responsibility)-[:DERIVED_FROM]->(d:Document)
WHERE a.function IS NOT NULL
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE $plan IS NULL OR d.title CONTAINS $plan OR r.label CONTAINS $plan
OPTIONAL MATCH (a)-[:PART_OF_TASK]->(t:Task)
RETURN DISTINCT d.file AS file, a.function AS function, a.role AS role, t.iri AS task, a.start AS start, a.end AS end
