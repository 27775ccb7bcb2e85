MATCH (i:Indicator)-[:MEASURES]->(c:IndicatorConcept), (i)-[:DERIVED_FROM]->(d:Document)
WHERE $concept IS NULL OR c.label CONTAINS $concept
//include counted
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE $region IS NULL OR r.label CONTAINS $region
OPTIONAL MATCH (o:ActualValue {actual_region: r.label, actual_concept: c.label})
RETURN DISTINCT d.title AS plan, r.label AS region, r.iri AS region_id, r.level AS level, d.period_start AS period_start,
       i.name AS indicator, c.label AS concept, i.indicator_kind AS kind, i.unit AS unit, i.baseline_year AS baseline_year,
       i.baseline_op AS baseline_op, i.baseline_value AS baseline_value, i.baseline_unit AS baseline_unit, i.target_year AS target_year,
       i.target_text AS target_text, i.target_op AS target_op, i.target_value AS target_value, i.target_unit AS target_unit,
       d.file AS file, i.start AS start, i.end AS end, i.page AS page, i.quote AS quote, d.iri AS plan_id, i.iri AS fact_id, o.actual_year AS actual_year, o.actual_value AS actual_value, o.actual_unit AS actual_unit,
       o.actual_source AS source
