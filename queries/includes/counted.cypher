// Behind a WITH of the document d: leaves out the files whose plan another file holds too, so that each counts once.
WITH * WHERE NOT EXISTS { MATCH (:Duplicate)-[:LEFT_OUT]->(d) }
