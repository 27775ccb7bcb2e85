MATCH (c:Citation)-[:DERIVED_FROM]->(d:Document), (c)-[:CITED]->(p:Policy)
OPTIONAL MATCH (d)-[:OF_REGION]->(h:Region)
WITH * WHERE ($plan IS NULL OR d.title CONTAINS $plan OR h.label CONTAINS $plan) AND ($relation IS NULL OR c.relation = $relation)
OPTIONAL MATCH (p)-[:GOVERNS]->(r:Region)
RETURN DISTINCT d.title AS plan, c.relation AS relation, c.title AS policy, c.work AS work, p.iri AS policy_id, p.label AS policy_label,
       p.policy_type AS policy_type, c.doc_number AS doc_number, c.issuer AS issuer, c.level AS level, r.label AS region, c.cue AS cue,
       c.position AS position, d.file AS file, c.start AS start, c.end AS end, c.page AS page, c.quote AS quote
