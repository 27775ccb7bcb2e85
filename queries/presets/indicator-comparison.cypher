MATCH (i:Indicator)-[:MEASURES]->(c:IndicatorConcept), (i)-[:DERIVED_FROM]->(d:Document)
WHERE (c.label CONTAINS $concept OR $concept IN coalesce(c.others, [])) AND ($kind IS NULL OR i.indicator_kind = $kind)
//include plan
//include counted
UNWIND coalesce(i.departments, [null]) AS departments
RETURN c.label AS concept, home.label AS region, d.title AS plan, d.iri AS plan_id, i.name AS indicator, i.indicator_kind AS kind,
       departments, i.unit AS unit,
       i.baseline_year AS baseline_year, i.baseline_op AS baseline_op, i.baseline_value AS baseline_value,
       i.baseline_unit AS baseline_unit, i.baseline_text AS baseline_text, i.target_year AS target_year,
       i.target_op AS target_op, i.target_value AS target_value, i.target_unit AS target_unit, i.target_text AS target_text,
       i.concept_rule AS concept_rule, d.file AS file,
       c.iri AS concept_id, home.iri AS region_id,
//include fact i
