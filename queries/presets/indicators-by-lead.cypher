MATCH (i:Indicator)-[:LED_BY]->(o:Organization), (i)-[:MEASURES]->(c:IndicatorConcept), (i)-[:DERIVED_FROM]->(d:Document)
WHERE $department IS NULL OR o.function = $department
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE $plan IS NULL OR d.title CONTAINS $plan OR r.label CONTAINS $plan
RETURN DISTINCT o.function AS function, o.label AS organization, r.label AS region, d.title AS plan, i.name AS indicator,
       c.label AS concept, i.indicator_kind AS kind, i.unit AS unit, i.target_year AS target_year, i.target_text AS target_text,
       i.position AS position, d.file AS file, i.start AS start, i.end AS end, i.page AS page, i.quote AS quote
