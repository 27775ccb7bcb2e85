MATCH (t:Target)-[:DERIVED_FROM]->(d:Document)
WHERE t.deadline IS NOT NULL AND ($year IS NULL OR toInteger(substring(t.deadline, 0, 4)) = $year)
//include plan
OPTIONAL MATCH (t)-[:PART_OF_TASK]->(k:Task)
RETURN toInteger(substring(t.deadline, 0, 4)) AS due_year, t.deadline AS deadline, home.label AS region, d.title AS plan, d.iri AS plan_id,
       k.label AS task, t.subject AS subject, t.op AS op, t.value AS value, t.unit AS unit, t.change AS change, t.relative_to AS relative_to,
       d.file AS file,
       k.iri AS task_id, home.iri AS region_id,
//include fact t
