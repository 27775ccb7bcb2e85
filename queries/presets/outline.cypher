MATCH (h:Heading)-[:DERIVED_FROM]->(d:Document)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE ($plan IS NULL OR d.title CONTAINS $plan OR r.label CONTAINS $plan) AND ($kind IS NULL OR h.heading_kind = $kind)
OPTIONAL MATCH (h)-[:UNDER]->(p:Heading)
RETURN d.title AS plan, h.number AS number, h.title AS title, h.heading_kind AS kind, p.title AS parent,
       h.position AS position, d.file AS file, h.start AS start, h.end AS end, h.page AS page, h.quote AS quote
