MATCH (a:Responsibility)-[:DERIVED_FROM]->(d:Document)
WHERE a.function IS NOT NULL
//include plan
//include counted
OPTIONAL MATCH (a)-[:PART_OF_TASK]->(t:Task)
RETURN DISTINCT d.file AS file, d.iri AS plan_id, a.function AS function, a.role AS role, t.iri AS task, a.start AS start, a.end AS end
