MATCH (d:Document)
//include plan
//include region-filter
WITH * WHERE ($level IS NULL OR home.level = $level)
RETURN d.title AS plan, d.file AS file, home.label AS region, home.code AS region_code, home.level AS level,
       d.doc_number AS doc_number, d.issuer AS issuer, d.issued AS issued, d.period_start AS period_start,
       d.period_end AS period_end, d.horizon AS horizon, d.source_url AS source_url, d.retrieved AS retrieved, plan_work.iri AS policy_id, d.iri AS plan_id, home.iri AS region_id
