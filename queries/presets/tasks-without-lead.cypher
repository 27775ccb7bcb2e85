MATCH (t:Task)-[:DERIVED_FROM]->(d:Document)
WHERE NOT EXISTS { MATCH (:Responsibility {role: 'lead'})-[:PART_OF_TASK]->(t) }
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE $plan IS NULL OR d.title CONTAINS $plan OR r.label CONTAINS $plan
OPTIONAL MATCH (p:Responsibility)-[:PART_OF_TASK]->(t)
RETURN DISTINCT d.title AS plan, r.label AS region, t.title AS task, t.label AS label, p.department AS participant,
       t.position AS position, d.file AS file, t.start AS start, t.end AS end, t.page AS page, t.quote AS quote
