MATCH (t:Task)-[:DERIVED_FROM]->(d:Document)
WHERE NOT EXISTS { MATCH (:Responsibility {role: 'lead'})-[:PART_OF_TASK]->(t) }
//include plan
//include counted
OPTIONAL MATCH (p:Responsibility)-[:PART_OF_TASK]->(t)
RETURN DISTINCT d.title AS plan, d.iri AS plan_id, home.label AS region, t.title AS task, t.label AS label, p.department AS participant, d.file AS file,
       t.iri AS task_id, home.iri AS region_id,
//include fact t
