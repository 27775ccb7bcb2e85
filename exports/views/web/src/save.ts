// Pictures to keep: the whole drawing with its title and legend, as PNG or SVG.

import type { KindRow, RelationRow } from "./data";
import { CanvasPainter, SvgPainter } from "./painter";
import type { Painter } from "./painter";
import { drawKind, drawRelation, SWATCH } from "./swatch";
import { measure } from "./text";
import type { Theme } from "./theme";

export interface Picture {
  title: string;
  subtitle: string;
  width: number;
  height: number;
  kinds: KindRow[];
  relations: RelationRow[];
  draw(painter: Painter, theme: Theme): void;
}

const HEAD = 76;
const FOOT = 44;
const LARGEST_SIDE = 8000;

export function toSvg(picture: Picture, theme: Theme): string {
  const painter = new SvgPainter();
  const framed = frame(picture);
  ground(painter, framed.width, framed.height, theme);
  const inner = new SvgPainter();
  picture.draw(inner, theme);
  decorate(painter, picture, framed.width, framed.height, theme);
  const [outer, body] = [painter.document(framed.width, framed.height, picture.title), inner.document(picture.width, picture.height, "")];
  const placed = body.replace("<svg ", `<svg x="${(framed.width - picture.width) / 2}" y="${HEAD}" `).replace("<title></title>", "");
  return outer.replace(/<\/svg>$/, placed + "</svg>");
}

export function toCanvas(picture: Picture, theme: Theme): HTMLCanvasElement {
  const framed = frame(picture);
  const canvas = document.createElement("canvas");
  const ratio = Math.min(2, LARGEST_SIDE / Math.max(framed.width, framed.height));
  canvas.width = Math.round(framed.width * ratio);
  canvas.height = Math.round(framed.height * ratio);
  const context = canvas.getContext("2d", { alpha: false })!;
  context.scale(ratio, ratio);
  const painter = new CanvasPainter(context);
  ground(painter, framed.width, framed.height, theme);
  context.save();
  context.translate((framed.width - picture.width) / 2, HEAD);
  context.beginPath();
  context.rect(0, 0, picture.width, picture.height);
  context.clip();
  picture.draw(painter, theme);
  context.restore();
  decorate(painter, picture, framed.width, framed.height, theme);
  return canvas;
}

function frame({ title, width, height, kinds, relations }: Picture): { width: number; height: number } {
  const names = [...kinds, ...relations].map((row) => measure(row[1], 12) + SWATCH.relation + 30);
  const legend = names.reduce((sum, next) => sum + next, 48);
  return { width: Math.max(width, legend, measure(title, 22) + 48), height: height + HEAD + FOOT };
}

function ground(painter: Painter, width: number, height: number, theme: Theme): void {
  const path = painter.path();
  path.rect(0, 0, width, height);
  painter.fill(path, theme.ground);
}

function decorate(painter: Painter, picture: Picture, width: number, height: number, theme: Theme): void {
  painter.text(picture.title, 24, 30, { size: 22, colour: theme.text, bold: true });
  painter.text(picture.subtitle, 24, 56, { size: 13, colour: theme.soft });
  const y = height - FOOT / 2;
  const line = painter.path();
  line.moveTo(0, height - FOOT + 0.5);
  line.lineTo(width, height - FOOT + 0.5);
  painter.stroke(line, theme.line, 1);
  let x = 24;
  const name = (text: string, after: number): void => {
    painter.text(text, x + after + 6, y, { size: 12, colour: theme.text });
    x += after + 6 + measure(text, 12) + 22;
  };
  for (const kind of picture.kinds) {
    drawKind(painter, theme, kind, x, y);
    name(kind[1], SWATCH.kind);
  }
  for (const relation of picture.relations) {
    drawRelation(painter, theme, relation, x, y);
    name(relation[1], SWATCH.relation);
  }
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
