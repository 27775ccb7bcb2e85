MATCH (t:Target)-[:DERIVED_FROM]->(d:Document)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE $plan IS NULL OR d.title CONTAINS $plan OR r.label CONTAINS $plan
OPTIONAL MATCH (t)-[:PART_OF_TASK]->(k:Task)
RETURN d.title AS plan, k.label AS task, t.subject AS subject, t.op AS op, t.value AS value, t.unit AS unit, t.change AS change, t.relative_to AS relative_to,
       t.deadline AS deadline, t.position AS position, d.file AS file, t.start AS start, t.end AS end, t.page AS page, t.quote AS quote
