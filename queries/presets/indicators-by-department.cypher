MATCH (i:Indicator)-[:MEASURES]->(c:IndicatorConcept), (i)-[:DERIVED_FROM]->(d:Document)
WHERE i.departments IS NOT NULL
OPTIONAL MATCH (i)-[:LED_BY]->(o:Organization {function: $department})
WITH i, c, d, count(o) AS leads
WHERE $department IS NULL OR any(named IN i.departments WHERE named CONTAINS $department) OR leads > 0
//include plan
//include counted
UNWIND i.departments AS departments
RETURN departments, home.label AS region, d.title AS plan, d.iri AS plan_id, i.name AS indicator, c.label AS concept,
       i.indicator_kind AS kind, i.unit AS unit, i.baseline_text AS baseline_text, i.target_year AS target_year,
       i.target_text AS target_text, d.file AS file,
       c.iri AS concept_id, home.iri AS region_id,
//include fact i
