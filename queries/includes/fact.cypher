// In RETURN: the evidence, place and id of the fact.
       FACT.position AS position, FACT.start AS start, FACT.end AS end, FACT.page AS page, FACT.quote AS quote,
       FACT.iri AS fact_id, coalesce(FACT.origin, 'read') AS origin
