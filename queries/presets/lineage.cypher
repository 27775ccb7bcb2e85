MATCH (c:Citation)-[:DERIVED_FROM]->(d:Document), (c)-[:CITED]->(p:Policy)
//include plan
WITH * WHERE ($relation IS NULL OR c.relation = $relation)
OPTIONAL MATCH (p)-[:GOVERNS]->(r:Region)
RETURN DISTINCT d.title AS plan, d.iri AS plan_id, c.relation AS relation, c.title AS policy, c.work AS work, p.iri AS policy_id, p.label AS policy_label,
       p.policy_type AS policy_type, c.doc_number AS doc_number, c.issuer AS issuer, c.level AS level, r.label AS region, c.cue AS cue, d.file AS file,
       r.iri AS region_id,
//include fact c
