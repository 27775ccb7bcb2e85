MATCH (d:Document), (d)-[:MANIFESTS]->(p:Policy)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE ($plan IS NULL OR d.title CONTAINS $plan) AND ($region IS NULL OR r.label CONTAINS $region)
RETURN d.title AS plan, d.file AS file, r.label AS region, r.code AS region_code, r.level AS level, d.doc_number AS doc_number,
       d.issuer AS issuer, d.issued AS issued, d.period_start AS period_start, d.period_end AS period_end,
       d.horizon AS horizon, p.iri AS policy_id
