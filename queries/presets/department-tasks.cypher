MATCH (a:Responsibility)-[:DERIVED_FROM]->(d:Document)
WHERE (a.function = $department OR a.department CONTAINS $department) AND ($role IS NULL OR a.role = $role)
//include plan
//include counted
OPTIONAL MATCH (a)-[:PART_OF_TASK]->(t:Task)
OPTIONAL MATCH (a)-[:HELD_BY]->(o:Organization)
RETURN home.label AS region, d.title AS plan, d.iri AS plan_id, t.label AS task, a.department AS department, a.function AS function,
       o.label AS organization, a.role AS role, a.cue AS cue,
       d.file AS file,
       t.iri AS task_id, o.iri AS organization_id, home.iri AS region_id,
//include fact a
