MATCH (d:Document)
//include plan
//include counted
OPTIONAL MATCH (home)-[:WITHIN*1..6]->(a:Region)
OPTIONAL MATCH (d)<-[:DERIVED_FROM]-(c:Citation {relation: 'basis'})-[:CITED]->(p:Policy)
RETURN DISTINCT d.title AS plan, d.iri AS plan_id, d.file AS file, home.label AS home, home.level AS home_level, a.level AS above_level,
       p.iri AS policy_id, p.level AS cited_level,
       home.iri AS region_id
