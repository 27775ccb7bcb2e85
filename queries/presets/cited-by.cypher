MATCH (c:Citation)-[:DERIVED_FROM]->(d:Document), (c)-[:CITED]->(p:Policy)
//include region
//include counted
WITH * WHERE p.label CONTAINS $policy OR c.title CONTAINS $policy OR c.doc_number CONTAINS $policy
RETURN DISTINCT p.label AS policy, p.iri AS policy_id, d.title AS plan, d.iri AS plan_id, home.label AS region, c.relation AS relation,
       c.title AS title, c.doc_number AS doc_number, c.issuer AS issuer, c.cue AS cue, d.file AS file,
       home.iri AS region_id,
//include fact c
