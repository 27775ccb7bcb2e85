MATCH (t:Target|Indicator)-[:DERIVED_FROM]->(d:Document)
WITH t, d, coalesce(t.deadline, toString(t.target_year)) AS deadline,
     CASE WHEN t:Target THEN 'target' ELSE 'indicator' END AS kind
WHERE deadline IS NOT NULL AND ($year IS NULL OR toInteger(substring(deadline, 0, 4)) = $year)
  AND ($kind IS NULL OR kind = $kind)
//include plan
//include region-filter
//include counted
OPTIONAL MATCH (t)-[:PART_OF_TASK]->(k:Task)
UNWIND coalesce(t.departments, [null]) AS departments
RETURN toInteger(substring(deadline, 0, 4)) AS due_year, deadline, home.label AS region, d.title AS plan, d.iri AS plan_id, kind,
       coalesce(t.subject, t.name) AS subject, coalesce(t.op, t.target_op) AS op, coalesce(t.value, t.target_value) AS value,
       coalesce(t.target_unit, t.unit) AS unit, t.target_text AS text, t.change AS change, t.relative_to AS relative_to,
       departments, k.label AS task, d.file AS file,
       k.iri AS task_id, home.iri AS region_id,
//include fact t
