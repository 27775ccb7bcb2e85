MATCH (t:Target)-[:DERIVED_FROM]->(d:Document)
WHERE t.deadline IS NOT NULL AND ($year IS NULL OR toInteger(substring(t.deadline, 0, 4)) = $year)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE $plan IS NULL OR d.title CONTAINS $plan OR r.label CONTAINS $plan
OPTIONAL MATCH (t)-[:PART_OF_TASK]->(k:Task)
RETURN toInteger(substring(t.deadline, 0, 4)) AS due_year, t.deadline AS deadline, r.label AS region, d.title AS plan,
       k.label AS task, t.subject AS subject, t.op AS op, t.value AS value, t.unit AS unit, t.change AS change, t.relative_to AS relative_to, t.position AS position,
       d.file AS file, t.start AS start, t.end AS end, t.page AS page, t.quote AS quote
