MATCH (h:Heading)-[:DERIVED_FROM]->(d:Document)
//include plan
WITH * WHERE ($kind IS NULL OR h.heading_kind = $kind)
OPTIONAL MATCH (h)-[:UNDER]->(p:Heading)
RETURN d.title AS plan, d.iri AS plan_id, h.number AS number, h.title AS title, h.heading_kind AS kind, p.title AS parent, d.file AS file,
       h.iri AS heading_id, p.iri AS parent_id, home.iri AS region_id,
//include fact h
