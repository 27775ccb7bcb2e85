MATCH (t:Passage)-[:DERIVED_FROM]->(d:Document)
//include plan
RETURN d.title AS plan, d.iri AS plan_id, t.passage_kind AS kind, t.reason AS reason, t.suspicious AS suspicious,
       t.cue AS cue, t.share AS share, d.file AS file, home.iri AS region_id,
//include fact t
