// The small samples beside names of kinds and relations: in the legend, the side panel and saved pictures.

import type { KindRow, RelationRow } from "./data";
import { svg } from "./dom";
import { addShape } from "./draw";
import { roundRect, SvgPainter } from "./painter";
import type { Painter } from "./painter";
import type { Theme } from "./theme";

export const SWATCH = { kind: 16, relation: 30, height: 14 };

export function drawKind(painter: Painter, theme: Theme, [, , colour, shape]: KindRow, x: number, y: number): void {
  const path = painter.path();
  const paint = theme.colours[colour];
  if (shape === "card" || shape === "solid") {
    roundRect(path, x + 0.75, y - 5, 14.5, 10, 3);
    painter.fill(path, shape === "solid" ? paint : theme.surface);
    painter.stroke(path, paint, 1.3);
  } else {
    addShape(path, shape, x + 8, y, 5);
    painter.fill(path, paint);
  }
}

export function drawRelation(painter: Painter, theme: Theme, [, , colour, dash]: RelationRow, x: number, y: number): void {
  const line = painter.path();
  line.moveTo(x, y);
  line.lineTo(x + 28, y);
  painter.stroke(line, theme.colours[colour], 2.2, dash);
}

/** A sample as an element. */
export function sample(width: number, draw: (painter: Painter) => void): SVGElement {
  const painter = new SvgPainter();
  draw(painter);
  const parsed = new DOMParser().parseFromString(painter.document(width, SWATCH.height, ""), "image/svg+xml").documentElement;
  const element = svg("svg", { width: String(width), height: String(SWATCH.height), "aria-hidden": "true", class: "swatch" });
  for (const child of [...parsed.children]) if (child.tagName !== "title") element.append(document.importNode(child, true));
  return element;
}
