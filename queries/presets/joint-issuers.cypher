MATCH (d:Document)-[:MANIFESTS]->(w:Policy)
WHERE d.issuer IS NOT NULL
//include counted
RETURN d.title AS plan, d.issuer AS issuer, d.issued AS issued, w.iri AS own_id
