MATCH (c:Citation)-[:DERIVED_FROM]->(d:Document)-[:MANIFESTS]->(w:Policy), (c)-[:CITED]->(p:Policy)
WHERE ($policy IS NULL OR p.label CONTAINS $policy) AND ($relation IS NULL OR c.relation = $relation)
//include counted
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
OPTIONAL MATCH (h:Document)-[:MANIFESTS]->(p)
RETURN DISTINCT d.title AS plan, r.label AS region, r.level AS level, d.issued AS date, c.relation AS relation,
       p.label AS policy, p.iri AS policy_id, p.label AS policy_label, p.level AS policy_level, p.policy_type AS policy_type,
       h.issued AS policy_date, h.period_start AS policy_period_start, h.title AS held_title, c.doc_number AS doc_number,
       w.iri AS own_id, d.doc_number AS plan_doc_number, d.period_start AS plan_period_start, d.file AS file, c.start AS start, c.end AS end, c.page AS page, c.quote AS quote, d.iri AS plan_id, c.iri AS fact_id
