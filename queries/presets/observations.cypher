MATCH (o:Observation)-[:DERIVED_FROM]->(d:Document), (o)-[:MEASURES]->(c:IndicatorConcept)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
WITH * WHERE $plan IS NULL OR d.title CONTAINS $plan OR r.label CONTAINS $plan
RETURN d.title AS plan, r.label AS region, o.name AS indicator, c.label AS concept, o.year AS year, o.value AS value,
       o.unit AS unit, o.concept_rule AS concept_rule, o.position AS position, d.file AS file, o.start AS start, o.end AS end, o.page AS page, o.quote AS quote
