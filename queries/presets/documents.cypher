MATCH (d:Document)-[:MANIFESTS]->(p:Policy)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
OPTIONAL MATCH (r)-[:WITHIN*1..9]->(a:Region)
RETURN d.iri AS document, d.title AS plan, d.file AS file, d.format AS format, d.encoding AS encoding, d.sha256 AS sha256,
       d.generator AS generator, p.iri AS policy_id, d.issued AS issued, r.label AS region, a.label AS above
