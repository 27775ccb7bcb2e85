// Keeps the plans of the region that $region names: part of its name, its code or its id.
WITH * WHERE ($region IS NULL OR home.label CONTAINS $region OR home.code = $region OR home.iri = $region)
