MATCH (i:Indicator {indicator_kind: '约束性'})-[:MEASURES]->(c:IndicatorConcept), (i)-[:DERIVED_FROM]->(d:Document)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE $plan IS NULL OR d.title CONTAINS $plan OR r.label CONTAINS $plan
RETURN r.label AS region, d.title AS plan, i.name AS indicator, c.label AS concept, i.dimension AS dimension,
       i.departments AS departments, i.unit AS unit, i.baseline_year AS baseline_year, i.baseline_text AS baseline_text,
       i.target_year AS target_year, i.target_text AS target_text, i.target_op AS target_op, i.target_value AS target_value,
       i.position AS position, d.file AS file, i.start AS start, i.end AS end, i.page AS page, i.quote AS quote
