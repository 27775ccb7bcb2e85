// After a MATCH of the document d: the plan and the region that it is for.
MATCH (d)-[:MANIFESTS]->(plan_work:Policy)
OPTIONAL MATCH (d)-[:OF_REGION]->(home:Region)
