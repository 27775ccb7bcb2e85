MATCH (d:Document)
//include region
OPTIONAL MATCH (home)-[:WITHIN*1..9]->(a:Region)
RETURN d.iri AS document, d.title AS plan, d.file AS file, d.format AS format, d.encoding AS encoding, d.sha256 AS sha256,
       d.generator AS generator, plan_work.iri AS policy_id, d.issued AS issued, home.label AS region, home.iri AS region_id,
       a.label AS above
