MATCH (a:Responsibility)-[:DERIVED_FROM]->(d:Document)
WHERE a.function IS NOT NULL AND ($department IS NULL OR a.function = $department) AND ($role IS NULL OR a.role = $role)
//include plan
//include counted
OPTIONAL MATCH (a)-[:PART_OF_TASK]->(t:Task)
OPTIONAL MATCH (t)-[:UNDER*1..8]->(h:Heading {heading_kind: 'chapter'})
RETURN DISTINCT a.function AS function, a.role AS role, home.label AS region, d.title AS plan, d.iri AS plan_id, d.file AS file,
       h.title AS chapter, a.iri AS measure, t.iri AS task,
       home.iri AS region_id
