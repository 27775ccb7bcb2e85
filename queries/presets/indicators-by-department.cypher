MATCH (i:Indicator)-[:MEASURES]->(c:IndicatorConcept), (i)-[:DERIVED_FROM]->(d:Document)
WHERE i.departments IS NOT NULL
OPTIONAL MATCH (i)-[:LED_BY]->(o:Organization {function: $department})
WITH i, c, d, count(o) AS leads
WHERE $department IS NULL OR i.departments CONTAINS $department OR leads > 0
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE $plan IS NULL OR d.title CONTAINS $plan OR r.label CONTAINS $plan
RETURN i.departments AS departments, r.label AS region, d.title AS plan, i.name AS indicator, c.label AS concept,
       i.indicator_kind AS kind, i.unit AS unit, i.baseline_text AS baseline_text, i.target_year AS target_year,
       i.target_text AS target_text, i.position AS position, d.file AS file, i.start AS start, i.end AS end, i.page AS page, i.quote AS quote
