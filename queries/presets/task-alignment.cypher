MATCH (a:Alignment)-[:FOUND_IN]->(c:Comparison)-[:UPPER_PLAN]->(v:Document), (c)-[:LOWER_PLAN]->(d:Document),
      (a)-[:UPPER_TASK]->(u:Task), (a)-[:LOWER_TASK]->(t:Task)
WHERE ($plan IS NULL OR d.title CONTAINS $plan OR d.file CONTAINS $plan OR d.iri = $plan)
  AND ($other IS NULL OR v.title CONTAINS $other OR v.file CONTAINS $other)
  AND ($kind IS NULL OR a.alignment_kind = $kind)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
OPTIONAL MATCH (v)-[:OF_REGION]->(s:Region)
RETURN d.title AS plan, r.label AS region, t.label AS task_label, d.file AS file, t.start AS start, t.end AS end, t.page AS page,
       t.quote AS quote, v.title AS other_plan, s.label AS other_region, u.label AS other_label, v.file AS other_file,
       u.start AS other_start, u.end AS other_end, u.page AS other_page, u.quote AS other_quote, a.alignment_kind AS kind,
       a.score AS score, a.shared AS shared, c.plan_relation AS relation, c.plan_order AS plan_order, c.rule AS rule, d.iri AS plan_id, t.iri AS task_id,
       v.iri AS other_plan_id, u.iri AS other_task_id
