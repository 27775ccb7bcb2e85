MATCH (t:Task)-[:DERIVED_FROM]->(d:Document)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE ($plan IS NULL OR d.title CONTAINS $plan OR r.label CONTAINS $plan)
  AND ($text IS NULL OR t.label CONTAINS $text OR t.quote CONTAINS $text)
OPTIONAL MATCH (t)-[:UNDER]->(p:Heading)
RETURN d.title AS plan, t.title AS task, p.title AS parent, t.label AS label, t.position AS position,
       d.file AS file, t.start AS start, t.end AS end, t.page AS page, t.quote AS quote
