MATCH (c:Citation)-[:DERIVED_FROM]->(d:Document), (c)-[:CITED]->(p:Policy)
//include region
//include counted
OPTIONAL MATCH (p)-[:GOVERNS]->(r:Region)
OPTIONAL MATCH (copy:Document)-[:MANIFESTS]->(p)
RETURN DISTINCT d.title AS plan, d.iri AS plan_id, d.file AS file, home.label AS home, home.code AS home_code, home.iri AS home_id, plan_work.iri AS from_id, plan_work.label AS citing, c.relation AS relation,
       p.label AS policy, p.iri AS policy_id, c.title AS title, p.scope AS scope, p.policy_type AS policy_type, p.level AS cited_level,
       CASE WHEN copy IS NULL THEN null ELSE p.label END AS held_label,
       r.label AS region, c.doc_number AS doc_number, c.issuer AS issuer, c.cue AS cue,
       r.iri AS region_id, plan_work.iri AS citing_id,
//include fact c
