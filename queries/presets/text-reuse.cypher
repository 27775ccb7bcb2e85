MATCH (c:Comparison)-[:UPPER_PLAN]->(u:Document), (c)-[:LOWER_PLAN]->(l:Document)
WHERE c.upper_sha256 = u.sha256 AND c.lower_sha256 = l.sha256
  AND ($plan IS NULL OR u.title CONTAINS $plan OR u.file CONTAINS $plan OR l.title CONTAINS $plan OR l.file CONTAINS $plan)
OPTIONAL MATCH (u)-[:OF_REGION]->(r:Region)
OPTIONAL MATCH (l)-[:OF_REGION]->(s:Region)
RETURN u.title AS upper_plan, r.label AS upper_region, u.file AS upper_file, c.upper_share AS upper_share,
       l.title AS lower_plan, s.label AS lower_region, l.file AS lower_file, c.lower_share AS lower_share,
       c.plan_relation AS relation, c.plan_order AS plan_order, c.rule AS rule, u.iri AS upper_plan_id, l.iri AS lower_plan_id
