MATCH (x:Duplicate)-[:LEFT_OUT]->(d:Document), (x)-[:USED_INSTEAD]->(o:Document)
//include plan
RETURN d.title AS plan, d.file AS file, o.file AS other_file, x.reason AS reason, o.file AS used, d.iri AS plan_id, o.iri AS other_plan_id
