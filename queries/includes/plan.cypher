// After a MATCH of the document d: the region that the plan is for, and the plans that $plan names.
MATCH (d)-[:MANIFESTS]->(plan_work:Policy)
OPTIONAL MATCH (d)-[:OF_REGION]->(home:Region)
WITH * WHERE ($plan IS NULL OR d.title CONTAINS $plan OR d.file CONTAINS $plan OR home.label CONTAINS $plan
  OR home.code = $plan OR $plan IN [d.iri, plan_work.iri, home.iri])
