MATCH (d:Document)
OPTIONAL MATCH (d)-[:OF_REGION]->(h:Region)
WITH * WHERE $plan IS NULL OR d.title CONTAINS $plan OR h.label CONTAINS $plan
OPTIONAL MATCH (h)-[:WITHIN*1..6]->(a:Region)
OPTIONAL MATCH (d)<-[:DERIVED_FROM]-(c:Citation {relation: 'basis'})-[:CITED]->(p:Policy)
RETURN DISTINCT d.title AS plan, d.file AS file, h.label AS home, h.level AS home_level, a.level AS above_level,
       p.iri AS policy_id, p.level AS cited_level
