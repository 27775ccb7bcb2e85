MATCH (d:Document)
WHERE d.issuer IS NOT NULL AND ($issuer IS NULL OR d.issuer CONTAINS $issuer)
RETURN d.title AS plan, d.issuer AS issuer, d.issued AS issued, d.iri AS plan_id
