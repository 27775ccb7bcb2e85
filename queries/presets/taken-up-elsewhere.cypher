MATCH (a:Alignment)-[:FOUND_IN]->(c:Comparison)-[:UPPER_PLAN]->(v:Document), (c)-[:LOWER_PLAN]->(l:Document),
      (a)-[:UPPER_TASK|LOWER_TASK]->(t:Task)-[:DERIVED_FROM]->(d:Document)
WHERE a.part IS NOT NULL
WITH a, c, v, t, d, CASE WHEN d = v THEN l ELSE v END AS o
WHERE ($plan IS NULL OR d.title CONTAINS $plan OR d.file CONTAINS $plan OR d.iri = $plan)
  AND ($other IS NULL OR o.title CONTAINS $other OR o.file CONTAINS $other)
OPTIONAL MATCH (d)-[:OF_REGION]->(r:Region)
OPTIONAL MATCH (o)-[:OF_REGION]->(s:Region)
RETURN DISTINCT d.title AS plan, r.label AS region, t.label AS task_label, d.file AS file, t.start AS start, t.end AS end,
       t.page AS page, t.quote AS quote, o.title AS other_plan, s.label AS other_region, a.part AS part,
       a.passage_label AS other_label, o.file AS other_file, a.passage_start AS other_start, a.passage_end AS other_end,
       a.passage_page AS other_page, a.passage_quote AS other_quote, a.alignment_kind AS kind, a.score AS score,
       a.shared AS shared, c.plan_relation AS relation, c.plan_order AS plan_order, v.iri AS upper_plan_id,
       c.rule AS rule, d.iri AS plan_id, t.iri AS task_id, o.iri AS other_plan_id
