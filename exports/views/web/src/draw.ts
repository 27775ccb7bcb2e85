// Draws a graph, a little at a time: each `yield` is a place to pause at, so that a large one never blocks the page.

import type { Camera } from "./camera";
import { clamp } from "./camera";
import type { Graph } from "./graph";
import { Taken } from "./labels";
import type { Painter, Path } from "./painter";
import { roundRect } from "./painter";
import type { Routes } from "./routes";
import { measure, wrap, wrapApart } from "./text";
import type { Theme } from "./theme";
import { shortLabel, TREE_FONT } from "./tree";

export interface Frame {
  graph: Graph;
  routes: Routes;
  camera: Camera;
  theme: Theme;
  width: number;
  height: number;
  beyond?: { x: number; y: number }; // how far the drawing goes beyond what is seen at first, on each side
}

/** What is drawn: everything shown, or these alone (the neighbourhood of a selection). */
export interface Part {
  nodes: number[];
  edges: number[];
  strong: Set<number>;
}

const BATCH = 1200;
const MOST_LABELS = 500;
const MANY_EDGES = 1500; // drawn edges from which they are thin and faint
const SMALLEST_TEXT = 10.5;
const LARGE = 9; // the size from which a dot's name is set in bold
const LEAF = 5.2; // the size up to which a dot counts as a leaf

export function* drawGraph(painter: Painter, frame: Frame, part?: Part): Generator<void> {
  yield* drawEdges(painter, frame, part);
  yield* drawNodes(painter, frame, part);
}

export function drawBands(painter: Painter, { graph, camera, theme, width, height }: Frame): void {
  const last = graph.bands.length - 1;
  graph.bands.forEach(([, top, bottom], index) => {
    // the outer bands go on to the edges
    const y1 = index === 0 ? 0 : top * camera.scale + camera.y;
    const y2 = index === last ? height : bottom * camera.scale + camera.y;
    if (index % 2 === 0) {
      const stripe = painter.path();
      stripe.rect(0, y1, width, Math.max(0, y2 - y1));
      painter.fill(stripe, theme.stripe);
    }
    if (index === last) return;
    const line = painter.path();
    line.moveTo(0, Math.round(y2) + 0.5);
    line.lineTo(width, Math.round(y2) + 0.5);
    painter.stroke(line, theme.line, 1);
  });
}

/** The names of the bands, at the left edge whatever part is in sight. */
export function drawBandTitles(painter: Painter, { graph, camera, theme, height }: Frame): void {
  for (const [title, top, bottom] of graph.bands) {
    const y1 = Math.max(0, top * camera.scale + camera.y);
    const y2 = Math.min(height, bottom * camera.scale + camera.y);
    if (y2 - y1 < 20) continue;
    const letters = [...title];
    const middle = (y1 + y2) / 2;
    if (/[a-z]/i.test(title)) {
      // words of letters run upwards
      const size = clamp(((y2 - y1 - 18) / measure(title, 100)) * 100, 8, 13);
      const length = measure(title, size) + 14;
      const tab = painter.path();
      roundRect(tab, 8, middle - length / 2, 24, length, 12);
      painter.fill(tab, theme.surface);
      painter.stroke(tab, theme.line, 1);
      painter.text(title, 20, middle, { size, colour: theme.text, bold: true, align: "center", upwards: true });
      continue;
    }
    const size = clamp((y2 - y1 - 8) / letters.length - 2, 9, 14);
    const step = size + 3;
    const tab = painter.path();
    roundRect(tab, 8, middle - (letters.length * step) / 2 - 7, 24, letters.length * step + 14, 12);
    painter.fill(tab, theme.surface);
    painter.stroke(tab, theme.line, 1);
    letters.forEach((letter, index) => {
      const y = middle + (index - (letters.length - 1) / 2) * step;
      painter.text(letter, 20, y, { size, colour: theme.text, bold: true, align: "center" });
    });
  }
}

function* drawEdges(painter: Painter, frame: Frame, part?: Part): Generator<void> {
  const { graph, camera, theme } = frame;
  const styles = new Map<string, number[]>();
  const list = part?.edges ?? range(graph.edgeCount);
  for (const edge of list) {
    if (graph.hiddenEdge[edge]) continue;
    const key = `${graph.relation[edge]} ${edgeWidth(frame, edge)}`;
    const found = styles.get(key);
    if (found) found.push(edge);
    else styles.set(key, [edge]);
  }
  const crowded = graph.shownEdges > MANY_EDGES;
  const opacity = part ? 1 : crowded ? 0.28 * Math.sqrt(MANY_EDGES / graph.shownEdges) : graph.data.mode === "tree" ? 0.9 : 0.62;
  const arrows = graph.data.mode === "cards" && graph.bands.length > 0;
  for (const edges of styles.values()) {
    const [, , colour, dash] = graph.relationOf(edges[0]);
    const width = edgeWidth(frame, edges[0]);
    const paint = theme.colours[colour];
    const scaled = crowded && !part ? [] : dash.map((length) => length * clamp(camera.scale * 1.2, 0.5, 1));
    for (let from = 0; from < edges.length; from += BATCH) {
      const path = painter.path();
      const heads = painter.path();
      for (const edge of edges.slice(from, from + BATCH)) {
        if (!addEdge(path, frame, edge)) continue;
        if (arrows) addHead(heads, frame, edge, width);
      }
      painter.stroke(path, paint, width, scaled, opacity);
      if (arrows) painter.fill(heads, paint);
      yield;
    }
  }
}

function* range(count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield i;
}

/** By the number of places that say so, in steps of half a pixel so that edges can be drawn together. */
function edgeWidth({ graph, camera }: Frame, edge: number): number {
  if (graph.shownEdges > MANY_EDGES) return 0.8;
  const width = 1.3 + 1.1 * Math.log2(graph.weight(edge));
  return Math.max(0.8, Math.round(Math.min(7, width) * clamp(camera.scale * 1.3, 0.6, 1.3) * 2) / 2);
}

function addEdge(path: Path, { graph, routes, camera, width, height }: Frame, edge: number): boolean {
  const p = routes.curves(edge);
  const last = p.length - 2;
  const { scale, x, y } = camera;
  const [x1, y1, x2, y2] = [p[0] * scale + x, p[1] * scale + y, p[last] * scale + x, p[last + 1] * scale + y];
  const slack = graph.data.mode === "dots" && !routes.straight ? 200 * scale : 60;
  if (Math.max(x1, x2) < -slack || Math.min(x1, x2) > width + slack) return false;
  if (Math.max(y1, y2) < -slack || Math.min(y1, y2) > height + slack) return false;
  path.moveTo(x1, y1);
  if (routes.straight) path.lineTo(x2, y2);
  else
    for (let at = 0; at < p.length; at += 8) {
      const [a, b, c, d] = [p[at + 2] * scale + x, p[at + 3] * scale + y, p[at + 4] * scale + x, p[at + 5] * scale + y];
      path.bezierCurveTo(a, b, c, d, p[at + 6] * scale + x, p[at + 7] * scale + y);
    }
  return true;
}

function addHead(path: Path, { routes, camera }: Frame, edge: number, width: number): void {
  const [tx, ty] = routes.at(edge, 1);
  const [fx, fy] = routes.at(edge, 0.97);
  const angle = Math.atan2(ty - fy, tx - fx);
  const [x, y] = [tx * camera.scale + camera.x, ty * camera.scale + camera.y];
  const size = 4 + width * 1.3 * clamp(camera.scale, 0.6, 1);
  path.moveTo(x, y);
  path.lineTo(x - size * Math.cos(angle - 0.42), y - size * Math.sin(angle - 0.42));
  path.lineTo(x - size * Math.cos(angle + 0.42), y - size * Math.sin(angle + 0.42));
  path.closePath();
}

function* drawNodes(painter: Painter, frame: Frame, part?: Part): Generator<void> {
  const { graph, camera, width, height } = frame;
  const seen: number[] = [];
  for (const node of part?.nodes ?? range(graph.size)) {
    if (graph.hidden[node]) continue;
    const [x, y] = [graph.x[node] * camera.scale + camera.x, graph.y[node] * camera.scale + camera.y];
    const [w, h] = [(graph.width[node] * camera.scale) / 2 + 20, (graph.height[node] * camera.scale) / 2 + 20];
    if (x + w > 0 && x - w < width && y + h > 0 && y - h < height) seen.push(node);
  }
  if (graph.data.mode === "dots") yield* drawDots(painter, frame, seen, part);
  else yield* drawCards(painter, frame, seen, part);
}

/** A dot's radius on the screen: it grows slower than the picture. */
export function radius({ graph, camera }: Frame, node: number): number {
  return Math.max(1.3, graph.data.nodes.size[node] * clamp(Math.sqrt(camera.scale), 0.25, 1.8));
}

function* drawDots(painter: Painter, frame: Frame, seen: number[], part?: Part): Generator<void> {
  const { graph, camera, theme } = frame;
  const byKind = new Map<number, number[]>();
  for (const node of seen) {
    const kind = graph.data.nodes.kind[node];
    const found = byKind.get(kind);
    if (found) found.push(node);
    else byKind.set(kind, [node]);
  }
  for (const nodes of byKind.values()) {
    const [, , colour, shape] = graph.kind(nodes[0]);
    for (let from = 0; from < nodes.length; from += BATCH) {
      const path = painter.path();
      const slice = nodes.slice(from, from + BATCH);
      for (const node of slice) {
        const [x, y] = [graph.x[node] * camera.scale + camera.x, graph.y[node] * camera.scale + camera.y];
        addShape(path, shape, x, y, radius(frame, node));
      }
      if (seen.length < 2500) painter.stroke(path, theme.ground, 2);
      painter.fill(path, theme.colours[colour]);
      yield;
    }
  }
  for (const node of part?.strong ?? []) addRing(painter, frame, node);
  yield* drawLabels(painter, frame, seen, part);
}

export function addShape(path: Path, shape: string, x: number, y: number, r: number): void {
  if (r < 1.8 || shape === "square") {
    const half = r * 0.9;
    path.rect(x - half, y - half, 2 * half, 2 * half);
  } else if (shape === "circle") {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, Math.PI * 2);
  } else {
    const up = shape === "diamond" ? 1.25 : 1.1;
    path.moveTo(x, y - r * up);
    path.lineTo(x + r * 1.15, shape === "diamond" ? y : y + r * 0.85);
    if (shape === "diamond") path.lineTo(x, y + r * up);
    path.lineTo(x - r * 1.15, shape === "diamond" ? y : y + r * 0.85);
    path.closePath();
  }
}

function addRing(painter: Painter, frame: Frame, node: number): void {
  const { graph, camera, theme } = frame;
  const ring = painter.path();
  const [x, y] = [graph.x[node] * camera.scale + camera.x, graph.y[node] * camera.scale + camera.y];
  const r = radius(frame, node) + 4;
  ring.moveTo(x + r, y);
  ring.arc(x, y, r, 0, Math.PI * 2);
  painter.stroke(ring, theme.mark, 2.5);
}

function* drawLabels(painter: Painter, frame: Frame, seen: number[], part?: Part): Generator<void> {
  const { graph, camera, theme, width, height } = frame;
  const beyond = frame.beyond ?? { x: 0, y: 0 };
  const view = { left: beyond.x, top: beyond.y, right: width - beyond.x, bottom: height - beyond.y };
  const whole = { left: 0, top: 0, right: width, bottom: height };
  const taken = new Taken();
  const { size } = graph.data.nodes;
  const weight = (node: number): number => (part?.strong.has(node) ? 1000 : 0) + size[node];
  const ranked = [...seen].sort((a, b) => weight(b) - weight(a) || a - b);
  const block = (node: number): void => {
    const r = radius(frame, node);
    taken.add({ x: graph.x[node] * camera.scale + camera.x - r, y: graph.y[node] * camera.scale + camera.y - r, w: 2 * r, h: 2 * r });
  };
  // the large dots' names may cover small dots, but not the other way round
  const large = ranked.filter((node) => size[node] >= LARGE || part?.strong.has(node));
  large.forEach(block);
  yield;
  let placed = 0;
  const box = graph.bounds();
  const middle = (box.left + box.right) / 2 - 1;
  const crowded = seen.length > 150 && camera.scale < 1.1 && !part;
  for (let i = 0; i < ranked.length && placed < MOST_LABELS && i < 6000; i++) {
    const node = ranked[i];
    if (i === large.length) for (const small of ranked.slice(i)) if (ranked.length < 1500 || radius(frame, small) >= 3.5) block(small);
    if (crowded && size[node] < LEAF && placed > 12) continue; // leaves are named once there is room
    const text = wrap(graph.data.nodes.label[node], 1, camera.scale > 1.4 ? 30 : 15, 1)[0] ?? "";
    const font = size[node] >= LARGE ? 13 : 11.5;
    const w = measure(text, font) + 4;
    const [x, y] = [graph.x[node] * camera.scale + camera.x, graph.y[node] * camera.scale + camera.y];
    // a dot that is seen has its whole name seen
    const inside = x >= view.left && x <= view.right && y >= view.top && y <= view.bottom;
    const place = taken.beside(x, y, radius(frame, node), w, font + 3, graph.x[node] < middle, inside ? view : whole);
    if (!place) continue;
    taken.add(place);
    placed++;
    painter.text(text, place.x + 2, place.y + place.h / 2, { size: font, colour: theme.text, bold: size[node] >= LARGE, halo: theme.ground });
    if (placed % 60 === 0) yield;
  }
  yield;
}

function* drawCards(painter: Painter, frame: Frame, seen: number[], part?: Part): Generator<void> {
  const bare: number[] = [];
  for (let i = 0; i < seen.length; i++) {
    const node = seen[i];
    if (frame.graph.data.mode === "tree") drawBranch(painter, frame, node, part);
    else if (!drawCard(painter, frame, node, part)) bare.push(node);
    if (i % 80 === 79) yield;
  }
  if (bare.length) yield* drawCaptions(painter, frame, bare, part);
}

/** A card with its title on up to two lines and a note; false where there is no room for text. */
function drawCard(painter: Painter, frame: Frame, node: number, part?: Part): boolean {
  const { graph, camera, theme } = frame;
  const [, , colour, shape] = graph.kind(node);
  const { scale } = camera;
  const [w, h] = [graph.width[node] * scale, graph.height[node] * scale];
  const [x, y] = [graph.x[node] * scale + camera.x - w / 2, graph.y[node] * scale + camera.y - h / 2];
  const solid = shape === "solid";
  const paint = theme.colours[colour];
  const group = graph.isGroup(node);
  if (group) {
    // a second card behind it
    const behind = painter.path();
    roundRect(behind, x + 3, y - 3, w, h, Math.min(6, h / 5));
    painter.fill(behind, solid ? paint : theme.surface);
    painter.stroke(behind, solid ? theme.ground : theme.soft, 1);
  }
  const box = painter.path();
  roundRect(box, x, y, w, h, Math.min(6, h / 5));
  painter.fill(box, solid ? paint : theme.surface);
  const strong = part?.strong.has(node);
  if (!solid || strong || group) painter.stroke(box, strong ? theme.mark : group ? (solid ? theme.ground : theme.soft) : theme.line, strong ? 2.5 : 1);
  const pad = clamp(10 * scale, 4, 14);
  const ink = solid ? theme.onSolid : theme.text;
  const size = clamp(12.5 * scale, SMALLEST_TEXT, 26);
  // cards without bands have no room below the title: the note of a group stands beside its sign
  const beside = group && !graph.bands.length ? (graph.data.nodes.note[node] ?? "") : "";
  const handle = group ? 22 * scale + (beside ? measure(beside, size * 0.84) + 8 : 0) : 0;
  if (group) {
    const [cx, cy, r] = [x + w - 14 * scale, y + h / 2, 4.5 * scale];
    const sign = painter.path();
    sign.moveTo(cx - r, cy);
    sign.lineTo(cx + r, cy);
    sign.moveTo(cx, cy - r);
    sign.lineTo(cx, cy + r);
    painter.stroke(sign, ink, Math.max(1.2, 1.8 * scale));
  }
  const line = size * 1.28;
  if (h < size + 2 || w < size * 6) return false; // one line needs no room between lines
  // the note stands below the whole title only
  const rows = Math.floor((h - 4) / line);
  const short = measure(graph.data.nodes.label[node], size) <= w - 2 * pad - handle;
  const noted = graph.data.nodes.note[node] && graph.bands.length > 0 && rows >= (short ? 2 : 3) ? 1 : 0;
  const room = clamp(rows - noted, 1, 2);
  const lines = wrapApart(graph.data.nodes.label[node], graph.shared[node], size, w - 2 * pad - handle, room);
  const top = y + h / 2 - ((lines.length - 1 + noted * 0.95) * line) / 2;
  lines.forEach((text, index) => painter.text(text, x + pad, top + index * line, { size, colour: ink, bold: solid }));
  if (beside) painter.text(beside, x + w - 24 * scale, y + h / 2, { size: size * 0.84, colour: solid ? ink : theme.soft, align: "right" });
  if (noted) {
    const note = wrap(graph.data.nodes.note[node], size * 0.84, w - 2 * pad - handle, 1)[0];
    painter.text(note, x + pad, top + lines.length * line, { size: size * 0.84, colour: solid ? ink : theme.soft });
  }
  return true;
}

/** Names for cards too small for text: those with most edges, where there is room. */
function* drawCaptions(painter: Painter, frame: Frame, nodes: number[], part?: Part): Generator<void> {
  const { graph, camera, theme } = frame;
  const taken = new Taken();
  const solid = (node: number): number => (graph.kind(node)[3] === "solid" ? 1e6 : 0) + (part?.strong.has(node) ? 1e7 : 0);
  const weight = new Map(nodes.map((node) => [node, solid(node) + graph.edgesOf(node).length]));
  const ranked = [...nodes].sort((a, b) => weight.get(b)! - weight.get(a)! || a - b);
  yield;
  for (const node of ranked.slice(0, 3000)) {
    const text = wrap(graph.data.nodes.label[node], 1, 14, 1)[0] ?? "";
    const w = measure(text, 11) + 4;
    const [x, y] = [graph.x[node] * camera.scale + camera.x, graph.y[node] * camera.scale + camera.y];
    const below = y + (graph.height[node] * camera.scale) / 2 + 9;
    const place = { x: x - w / 2, y: below - 7, w, h: 14 };
    if (!taken.free(place)) continue;
    taken.add(place);
    painter.text(text, x, below, { size: 11, colour: theme.text, align: "center", halo: theme.ground });
  }
  yield;
}

/** A node of a tree, with a round handle where it can be opened or closed. */
function drawBranch(painter: Painter, frame: Frame, node: number, part?: Part): void {
  const { graph, camera, theme } = frame;
  const [, , colour, shape] = graph.kind(node);
  const { scale } = camera;
  const [w, h] = [graph.width[node] * scale, graph.height[node] * scale];
  const [x, y] = [graph.x[node] * scale + camera.x - w / 2, graph.y[node] * scale + camera.y - h / 2];
  const solid = shape === "solid";
  const paint = theme.colours[colour];
  const box = painter.path();
  roundRect(box, x, y, w, h, h / 2);
  painter.fill(box, solid ? paint : theme.surface);
  const strong = part?.strong.has(node);
  if (!solid || strong) painter.stroke(box, strong ? theme.mark : paint, strong ? 2.5 : 1.2);
  const size = TREE_FONT * scale;
  const ink = solid ? theme.onSolid : theme.text;
  if (size >= 5) painter.text(shortLabel(graph.data.nodes.label[node]), x + 12 * scale, y + h / 2, { size, colour: ink });
  if (!graph.children[node].length || size < 5) return;
  const closed = graph.closed.has(node);
  const [cx, cy, r] = [x + w - 13 * scale, y + h / 2, 7 * scale];
  const sign = painter.path();
  sign.moveTo(cx - r / 2, cy);
  sign.lineTo(cx + r / 2, cy);
  if (closed) {
    sign.moveTo(cx, cy - r / 2);
    sign.lineTo(cx, cy + r / 2);
  }
  const ring = painter.path();
  ring.moveTo(cx + r, cy);
  ring.arc(cx, cy, r, 0, Math.PI * 2);
  painter.fill(ring, solid ? theme.onSolid : paint);
  painter.stroke(sign, solid ? paint : theme.surface, 1.6 * scale);
}
