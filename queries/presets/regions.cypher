MATCH (r:Region)
WHERE $level IS NULL OR r.level = $level
OPTIONAL MATCH (r)-[:WITHIN]->(p:Region)
RETURN DISTINCT r.label AS region, r.code AS code, r.level AS level, p.label AS parent, r.origin AS origin,
       r.iri AS region_id, p.iri AS parent_id
