MATCH (c:Comparison)-[:UPPER_PLAN]->(d:Document), (c)-[:LOWER_PLAN]->(o:Document), (t:Task)-[:DERIVED_FROM]->(d)
WHERE c.upper_sha256 = d.sha256 AND c.lower_sha256 = o.sha256
  AND c.plan_order IS NOT NULL
  AND ($plan IS NULL OR d.title CONTAINS $plan OR d.file CONTAINS $plan OR d.iri = $plan)
  AND ($other IS NULL OR o.title CONTAINS $other OR o.file CONTAINS $other)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
OPTIONAL MATCH (o)-[:OF_REGION]->(s:Region)
OPTIONAL MATCH (t)<-[:UPPER_TASK]-(a:Alignment)-[:FOUND_IN]->(c)
OPTIONAL MATCH (a)-[:LOWER_TASK]->(u:Task)
RETURN DISTINCT c.iri AS comparison, d.title AS plan, r.label AS region, t.label AS task_label, o.title AS lower_plan,
       s.label AS lower_region, o.file AS lower_file, c.plan_relation AS relation, c.plan_order AS plan_order, c.looked_at AS looked_at,
       a.alignment_kind AS counterpart_kind, u.iri AS counterpart_id, u.label AS counterpart_label, a.score AS counterpart_score, d.file AS file,
       t.start AS start, t.end AS end, t.page AS page, t.quote AS quote, d.iri AS plan_id, t.iri AS task_id, o.iri AS lower_plan_id
