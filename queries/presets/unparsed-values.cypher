MATCH (i:Indicator)-[:MEASURES]->(c:IndicatorConcept), (i)-[:DERIVED_FROM]->(d:Document)
//include plan
UNWIND [{side: 'baseline', year: i.baseline_year, text: i.baseline_text, value: i.baseline_value},
        {side: 'target', year: i.target_year, text: i.target_text, value: i.target_value}] AS cell
WITH * WHERE cell.text IS NOT NULL AND cell.value IS NULL
OPTIONAL MATCH (p:ValuePart {side: cell.side})-[:PART_OF_INDICATOR]->(i)
RETURN home.label AS region, d.title AS plan, d.iri AS plan_id, i.name AS indicator, c.label AS concept, cell.side AS side, cell.year AS year,
       cell.text AS text, i.unit AS unit, p.position AS part_position, p.subject AS part_subject, p.op AS part_op,
       p.value AS part_value, p.unit AS part_unit, d.file AS file,
       c.iri AS concept_id, home.iri AS region_id,
//include fact i
