MATCH (i:Indicator)-[:DERIVED_FROM]->(d:Document), (i)-[:MEASURES]->(c:IndicatorConcept)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE ($plan IS NULL OR d.title CONTAINS $plan OR r.label CONTAINS $plan)
  AND ($kind IS NULL OR i.indicator_kind = $kind)
RETURN d.title AS plan, r.label AS region, i.name AS indicator, c.label AS concept, i.dimension AS dimension,
       i.indicator_kind AS kind, i.departments AS departments, i.unit AS unit,
       i.baseline_year AS baseline_year, i.baseline_text AS baseline_text, i.baseline_op AS baseline_op, i.baseline_value AS baseline_value,
       i.target_year AS target_year, i.target_text AS target_text, i.target_op AS target_op, i.target_value AS target_value,
       i.concept_rule AS concept_rule, i.position AS position, d.file AS file, i.start AS start, i.end AS end, i.page AS page, i.quote AS quote
