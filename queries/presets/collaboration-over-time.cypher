MATCH (a:Responsibility)-[:DERIVED_FROM]->(d:Document)
WHERE a.function IS NOT NULL
//include counted
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE $level IS NULL OR r.level = $level
OPTIONAL MATCH (a)-[:PART_OF_TASK]->(t:Task)
RETURN DISTINCT r.level AS level, d.period_start AS period_start, d.period_end AS period_end, d.file AS file,
       a.function AS function, a.role AS role, t.iri AS task, a.start AS start, a.end AS end
