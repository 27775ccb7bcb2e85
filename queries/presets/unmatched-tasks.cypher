MATCH (v:Document)<-[:UPPER_PLAN]-(c:Comparison)-[:LOWER_PLAN]->(l:Document)
WHERE c.upper_sha256 = v.sha256 AND c.lower_sha256 = l.sha256
UNWIND [[v, l, c.looked_at], [l, v, c.upper_looked_at]] AS side
WITH c, v, side[0] AS d, side[1] AS o, side[2] AS looked_at
WHERE ($plan IS NULL OR d.title CONTAINS $plan OR d.file CONTAINS $plan OR d.iri = $plan)
  AND ($other IS NULL OR o.title CONTAINS $other OR o.file CONTAINS $other)
MATCH (t:Task)-[:DERIVED_FROM]->(d)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
OPTIONAL MATCH (o)-[:OF_REGION]->(s:Region)
OPTIONAL MATCH (t)<-[:UPPER_TASK|LOWER_TASK]-(a:Alignment)-[:FOUND_IN]->(c)
OPTIONAL MATCH (a)-[:UPPER_TASK|LOWER_TASK]->(u:Task)-[:DERIVED_FROM]->(o)
RETURN DISTINCT c.iri AS comparison, d.title AS plan, r.label AS region, t.label AS task_label, o.title AS other_plan,
       s.label AS other_region, o.file AS other_file, c.plan_relation AS relation, c.plan_order AS plan_order,
       v.iri AS upper_plan_id, looked_at, a.alignment_kind AS counterpart_kind, u.iri AS counterpart_id,
       u.label AS counterpart_label, a.score AS counterpart_score, d.file AS file, t.start AS start, t.end AS end,
       t.page AS page, t.quote AS quote, d.iri AS plan_id, t.iri AS task_id, o.iri AS other_plan_id
