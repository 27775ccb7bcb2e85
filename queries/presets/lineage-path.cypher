MATCH (c:Citation)-[:DERIVED_FROM]->(d:Document)-[:MANIFESTS]->(f:Policy), (c)-[:CITED]->(p:Policy)
OPTIONAL MATCH (d)-[:OF_REGION]->(h:Region)
OPTIONAL MATCH (p)-[:GOVERNS]->(r:Region)
RETURN DISTINCT d.title AS plan, d.file AS file, h.label AS home, f.iri AS from_id, f.label AS citing, c.relation AS relation,
       p.label AS policy, p.iri AS policy_id, c.title AS title, p.scope AS scope, p.policy_type AS policy_type, p.level AS cited_level,
       r.label AS region, c.doc_number AS doc_number, c.issuer AS issuer, c.cue AS cue, c.position AS position,
       c.start AS start, c.end AS end, c.page AS page, c.quote AS quote
