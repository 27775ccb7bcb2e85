MATCH (t:Target)-[:DERIVED_FROM]->(d:Document)
//include plan
OPTIONAL MATCH (t)-[:PART_OF_TASK]->(k:Task)
RETURN d.title AS plan, d.iri AS plan_id, k.label AS task, t.subject AS subject, t.op AS op, t.value AS value, t.unit AS unit, t.change AS change, t.relative_to AS relative_to,
       t.deadline AS deadline, d.file AS file,
       k.iri AS task_id, home.iri AS region_id,
//include fact t
