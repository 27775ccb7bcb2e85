// The address keeps what is selected and what is hidden, so that a link or a reload brings it back.

export interface Place {
  sheet?: string;
  node?: string;
  edge?: string;
  open?: string[]; // groups
  only?: string; // what the picture is narrowed to
  hide: string[];
}

export function readHash(): Place {
  const fields = new URLSearchParams(location.hash.slice(1));
  const place: Place = { hide: fields.get("hide")?.split(",").filter(Boolean) ?? [] };
  for (const name of ["sheet", "node", "edge", "only"] as const) {
    const value = fields.get(name);
    if (value !== null) place[name] = value;
  }
  if (fields.has("open")) place.open = fields.getAll("open");
  return place;
}

export function writeHash(place: Place): void {
  const fields = new URLSearchParams();
  if (place.sheet) fields.set("sheet", place.sheet);
  if (place.node !== undefined) fields.set("node", place.node);
  if (place.edge !== undefined) fields.set("edge", place.edge);
  if (place.only !== undefined) fields.set("only", place.only);
  for (const group of place.open ?? []) fields.append("open", group);
  if (place.hide.length) fields.set("hide", place.hide.join(","));
  const text = fields.toString();
  if (text !== location.hash.slice(1)) history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
}
