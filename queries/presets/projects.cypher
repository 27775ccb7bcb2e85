MATCH (p:Project)-[:DERIVED_FROM]->(d:Document)
//include plan
WITH * WHERE ($text IS NULL OR p.name CONTAINS $text OR p.group CONTAINS $text)
OPTIONAL MATCH (p)-[:PART_OF_TASK]->(t:Task)
UNWIND coalesce(p.departments, [null]) AS departments
RETURN d.title AS plan, home.label AS region, p.name AS project, p.group AS group, p.place AS place,
       p.investment AS investment, p.unit AS unit, p.period_start AS period_start, p.period_end AS period_end,
       departments, t.label AS task, d.file AS file, d.iri AS plan_id, home.iri AS region_id,
       t.iri AS task_id,
//include fact p
