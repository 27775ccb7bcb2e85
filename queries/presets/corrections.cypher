MATCH (c:Correction)-[:CORRECTION_OF]->(d:Document)
//include plan
RETURN d.title AS plan, d.file AS file, split(c.iri, "/")[-1] AS correction_id, c.correction_action AS action, c.correction_state AS state,
       c.corrected_kind AS kind, c.corrected_field AS field, c.corrected_from AS was, c.corrected_to AS value, c.corrected_quote AS quote,
       c.corrected_who AS by, c.corrected_at AS at, c.corrected_why AS why, c.iri AS correction, d.iri AS plan_id, home.iri AS region_id
