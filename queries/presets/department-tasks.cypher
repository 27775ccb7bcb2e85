MATCH (a:Responsibility)-[:DERIVED_FROM]->(d:Document)
WHERE (a.function = $department OR a.department CONTAINS $department) AND ($role IS NULL OR a.role = $role)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE $plan IS NULL OR d.title CONTAINS $plan OR r.label CONTAINS $plan
OPTIONAL MATCH (a)-[:PART_OF_TASK]->(t:Task)
OPTIONAL MATCH (a)-[:HELD_BY]->(o:Organization)
RETURN r.label AS region, d.title AS plan, t.label AS task, a.department AS department, a.function AS function,
       o.label AS organization, a.role AS role, a.cue AS cue, a.position AS position,
       d.file AS file, a.start AS start, a.end AS end, a.page AS page, a.quote AS quote
