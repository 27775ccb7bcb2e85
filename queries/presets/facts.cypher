MATCH (f)-[:DERIVED_FROM]->(d:Document)
WITH f, d, labels(f)[0] AS kind
WHERE ($plan IS NULL OR d.title CONTAINS $plan OR d.file CONTAINS $plan OR d.iri = $plan) AND ($document IS NULL OR d.iri STARTS WITH $document)
  AND kind <> 'Passage' AND ($kind IS NULL OR kind = $kind)
RETURN d.title AS plan, kind, coalesce(f.label, f.number + " " + f.title, f.title, f.name, f.subject, f.department, f.field_value) AS label,
       f.iri AS fact_id, d.iri AS plan_id, d.file AS file, f.start AS start, f.end AS end, f.page AS page, f.quote AS quote,
       coalesce(f.origin, 'read') AS origin
