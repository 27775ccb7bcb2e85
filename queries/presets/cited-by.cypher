MATCH (c:Citation)-[:DERIVED_FROM]->(d:Document), (c)-[:CITED]->(p:Policy)
OPTIONAL MATCH (d)-[:OF_REGION]->(h:Region)
WITH * WHERE p.label CONTAINS $policy OR c.title CONTAINS $policy OR c.doc_number CONTAINS $policy
RETURN DISTINCT p.label AS policy, p.iri AS policy_id, d.title AS plan, h.label AS region, c.relation AS relation,
       c.title AS title, c.doc_number AS doc_number, c.issuer AS issuer, c.cue AS cue, d.file AS file, c.start AS start,
       c.end AS end, c.page AS page, c.quote AS quote
