MATCH (i:Indicator {indicator_kind: '约束性'})-[:MEASURES]->(c:IndicatorConcept), (i)-[:DERIVED_FROM]->(d:Document)
//include plan
//include counted
UNWIND coalesce(i.departments, [null]) AS departments
RETURN home.label AS region, d.title AS plan, d.iri AS plan_id, i.name AS indicator, c.label AS concept, i.dimension AS dimension,
       departments, i.unit AS unit, i.baseline_year AS baseline_year, i.baseline_text AS baseline_text,
       i.target_year AS target_year, i.target_text AS target_text, i.target_op AS target_op, i.target_value AS target_value, d.file AS file,
       c.iri AS concept_id, home.iri AS region_id,
//include fact i
