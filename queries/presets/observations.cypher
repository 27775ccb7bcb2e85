MATCH (o:Observation)-[:DERIVED_FROM]->(d:Document), (o)-[:MEASURES]->(c:IndicatorConcept)
//include plan
RETURN d.title AS plan, d.iri AS plan_id, home.label AS region, o.name AS indicator, c.label AS concept, o.year AS year, o.value AS value,
       o.unit AS unit, o.concept_rule AS concept_rule, d.file AS file,
       c.iri AS concept_id, home.iri AS region_id,
//include fact o
