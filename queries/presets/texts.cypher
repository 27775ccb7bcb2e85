MATCH (t:DocumentText)-[:TEXT_OF]->(d:Document)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE ($plan IS NULL OR d.title CONTAINS $plan OR d.file CONTAINS $plan OR d.iri = $plan) AND ($document IS NULL OR d.iri STARTS WITH $document)
RETURN d.title AS plan, d.file AS file, r.label AS region, r.level AS level, d.iri AS plan_id, d.format AS format,
       t.page_starts AS page_starts, t.paragraphs AS paragraphs, t.content AS text
