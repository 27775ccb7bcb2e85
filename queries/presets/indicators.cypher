MATCH (i:Indicator)-[:DERIVED_FROM]->(d:Document), (i)-[:MEASURES]->(c:IndicatorConcept)
//include plan
WITH * WHERE ($kind IS NULL OR i.indicator_kind = $kind)
UNWIND coalesce(i.departments, [null]) AS departments
RETURN d.title AS plan, d.iri AS plan_id, home.label AS region, i.name AS indicator, c.label AS concept, i.dimension AS dimension,
       i.indicator_kind AS kind, departments, i.unit AS unit,
       i.baseline_year AS baseline_year, i.baseline_text AS baseline_text, i.baseline_op AS baseline_op, i.baseline_value AS baseline_value,
       i.target_year AS target_year, i.target_text AS target_text, i.target_op AS target_op, i.target_value AS target_value,
       i.target_basis AS target_basis,
       i.concept_rule AS concept_rule, d.file AS file,
       c.iri AS concept_id, home.iri AS region_id,
//include fact i
