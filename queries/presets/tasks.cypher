MATCH (t:Task)-[:DERIVED_FROM]->(d:Document)
//include plan
WITH * WHERE ($text IS NULL OR t.label CONTAINS $text OR t.quote CONTAINS $text)
OPTIONAL MATCH (t)-[:UNDER]->(p:Heading)
OPTIONAL MATCH (t)-[:HEADED_BY]->(own:Heading)
RETURN d.title AS plan, d.iri AS plan_id, t.title AS task, p.title AS parent, t.label AS label,
       d.file AS file,
       t.iri AS task_id, own.iri AS heading_id, p.iri AS parent_id, home.iri AS region_id,
//include fact t
