MATCH (i:Indicator)-[:LED_BY]->(o:Organization), (i)-[:MEASURES]->(c:IndicatorConcept), (i)-[:DERIVED_FROM]->(d:Document)
WHERE $department IS NULL OR o.function = $department
//include plan
//include counted
RETURN DISTINCT o.function AS function, o.label AS organization, home.label AS region, d.title AS plan, d.iri AS plan_id, i.name AS indicator,
       c.label AS concept, i.indicator_kind AS kind, i.unit AS unit, i.target_year AS target_year, i.target_text AS target_text, d.file AS file,
       c.iri AS concept_id, o.iri AS organization_id, home.iri AS region_id,
//include fact i
