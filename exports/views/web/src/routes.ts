// The way of each edge: cubic curves of eight numbers in the picture's coordinates, one after the other. Between levels
// an edge passes rows of cards, and between functions and tasks columns of cards, in the gaps between the cards, so that
// it never seems to end at a card that it passes behind.

import type { Graph } from "./graph";

export const MANY = 3000; // edges beyond which they are straight lines

const BESIDE = 7; // from a card that an edge passes, at least
const LANE = 5; // between two edges that pass through one gap
const CLEAR = 3; // above and below a row, where edges turn

// A row of cards, or a column: then top and bottom are its left and right, and its cards go from top to bottom.
interface Line {
  top: number;
  bottom: number;
  cards: [number, number][]; // from left to right
  passed: Map<number, number>; // how many edges pass beside a card, by where it begins
}

export class Routes {
  readonly points: Float32Array;
  private readonly ways = new Map<number, Float32Array>(); // of edges that are more than one curve
  readonly straight: boolean;
  private readonly bends: Float32Array;

  constructor(private readonly graph: Graph) {
    this.points = new Float32Array(graph.edgeCount * 8);
    this.straight = graph.data.mode === "dots" && graph.edgeCount > MANY;
    this.bends = bendsOf(graph);
    this.update();
  }

  update(): void {
    const { graph } = this;
    const mode = graph.data.mode;
    if (mode === "dots") for (let e = 0; e < graph.edgeCount; e++) this.bow(e);
    else if (mode === "tree") for (let e = 0; e < graph.edgeCount; e++) this.sideways(e, 0, 0);
    else this.fromPorts(graph.bands.length > 0);
  }

  private set(edge: number, ...values: number[]): void {
    this.points.set(values, edge * 8);
  }

  /** The curves of an edge, eight numbers each. */
  curves(edge: number): Float32Array {
    return this.ways.get(edge) ?? this.points.subarray(edge * 8, edge * 8 + 8);
  }

  /** Leads an edge through the gaps of the rows, or of the columns where it runs sideways, between its ends. */
  private around(edge: number, lines: Line[], vertical: boolean): void {
    const p = this.points.subarray(edge * 8, edge * 8 + 8);
    const turned = (values: ArrayLike<number>): number[] => Array.from(values, (_, index) => values[vertical ? index : index ^ 1]);
    const ends = turned(p);
    const [x1, y1, x2, y2] = [ends[0], ends[1], ends[6], ends[7]];
    const up = y2 < y1;
    const between = lines.filter((line) => line.top > Math.min(y1, y2) && line.bottom < Math.max(y1, y2));
    if (!between.length) return;
    if (up) between.reverse();
    const way: number[] = [];
    let [x, y] = [x1, y1];
    const to = (nx: number, ny: number): void => {
      const half = (ny - y) / 2;
      way.push(...turned([x, y, x, y + half, nx, ny - half, nx, ny]));
      [x, y] = [nx, ny];
    };
    for (const line of between) {
      const middle = (line.top + line.bottom) / 2;
      const gap = pass(line, x1 + ((x2 - x1) * (middle - y1)) / (y2 - y1));
      const [near, far] = up ? [line.bottom + CLEAR, line.top - CLEAR] : [line.top - CLEAR, line.bottom + CLEAR];
      to(gap, near);
      to(gap, far);
    }
    to(x2, y2);
    this.ways.set(edge, Float32Array.from(way));
  }

  private lines(vertical: boolean): Line[] {
    const { graph } = this;
    const [along, across] = vertical ? [graph.x, graph.y] : [graph.y, graph.x];
    const [length, depth] = vertical ? [graph.width, graph.height] : [graph.height, graph.width];
    const found = new Map<number, Line>();
    for (let node = 0; node < graph.size; node++) {
      if (graph.hidden[node]) continue;
      const [place, half] = [across[node], depth[node] / 2];
      const line: Line = found.get(place) ?? { top: place - half, bottom: place + half, cards: [], passed: new Map() };
      line.cards.push([along[node] - length[node] / 2, along[node] + length[node] / 2]);
      found.set(place, line);
    }
    for (const line of found.values()) line.cards.sort((one, other) => one[0] - other[0]);
    return [...found.values()].sort((one, other) => one.top - other.top);
  }

  /** Between dots: straight, or bowed a little so that edges there and back, and of two relations, part. */
  private bow(edge: number): void {
    const { graph } = this;
    const [a, b] = [graph.source[edge], graph.target[edge]];
    const [x1, y1, x2, y2] = [graph.x[a], graph.y[a], graph.x[b], graph.y[b]];
    const bend = this.straight ? 0 : this.bends[edge];
    const [nx, ny] = [(y2 - y1) * bend, (x1 - x2) * bend];
    this.set(edge, x1, y1, x1 + (x2 - x1) / 3 + nx, y1 + (y2 - y1) / 3 + ny, x1 + ((x2 - x1) * 2) / 3 + nx, y1 + ((y2 - y1) * 2) / 3 + ny, x2, y2);
  }

  /** From a card's side to the next card's side; the offsets part edges that share a card. */
  private sideways(edge: number, from: number, to: number): void {
    const { graph } = this;
    const [a, b] = [graph.source[edge], graph.target[edge]];
    const side = graph.x[b] >= graph.x[a] ? 1 : -1;
    const [x1, y1] = [graph.x[a] + (side * graph.width[a]) / 2, graph.y[a] + from];
    const [x2, y2] = [graph.x[b] - (side * graph.width[b]) / 2, graph.y[b] + to];
    const reach = (x2 - x1) / 2;
    this.set(edge, x1, y1, x1 + reach, y1, x2 - reach, y2, x2, y2);
  }

  private upright(edge: number, from: number, to: number): void {
    const { graph } = this;
    const [a, b] = [graph.source[edge], graph.target[edge]];
    const up = graph.y[b] > graph.y[a] ? 1 : -1;
    const [x1, y1] = [graph.x[a] + from, graph.y[a] + (up * graph.height[a]) / 2];
    const level = graph.y[a] === graph.y[b];
    const [x2, y2] = [graph.x[b] + to, graph.y[b] - ((level ? -up : up) * graph.height[b]) / 2];
    const reach = Math.max(36, Math.abs(y2 - y1) * 0.5);
    this.set(edge, x1, y1, x1, y1 + up * reach, x2, y2 - (level ? -up : up) * reach, x2, y2);
  }

  /** Edges leave and reach a card side by side, in the order of where they go, so that they seldom cross there. */
  private fromPorts(vertical: boolean): void {
    const { graph } = this;
    const along = vertical ? graph.x : graph.y;
    const across = vertical ? graph.y : graph.x;
    const room = vertical ? graph.width : graph.height;
    const offsets = new Float32Array(graph.edgeCount * 2);
    for (let node = 0; node < graph.size; node++) {
      if (graph.hidden[node]) continue;
      for (const side of [1, -1]) {
        const edges = graph.edgesOf(node).filter((edge) => across[graph.other(edge, node)] > across[node] === side > 0);
        edges.sort((e, f) => along[graph.other(e, node)] - along[graph.other(f, node)] || e - f);
        const width = Math.min(room[node] * 0.8, edges.length * 9);
        edges.forEach((edge, index) => {
          const offset = edges.length > 1 ? (index / (edges.length - 1) - 0.5) * width : 0;
          offsets[edge * 2 + (graph.source[edge] === node ? 0 : 1)] = offset;
        });
      }
    }
    this.ways.clear();
    const lines = graph.shownEdges <= MANY ? this.lines(vertical) : [];
    for (let e = 0; e < graph.edgeCount; e++) {
      if (vertical) this.upright(e, offsets[e * 2], offsets[e * 2 + 1]);
      else this.sideways(e, offsets[e * 2], offsets[e * 2 + 1]);
      if (lines.length && !graph.hiddenEdge[e]) this.around(e, lines, vertical);
    }
  }

  /** The distance from (x, y) to the edge. */
  distance(edge: number, x: number, y: number): number {
    const p = this.curves(edge);
    if (this.straight) return toSegment(x, y, p[0], p[1], p[6], p[7]);
    let best = Infinity;
    for (let at = 0; at < p.length; at += 8) {
      const margin = 40;
      const q = p.subarray(at, at + 8);
      if (x < Math.min(q[0], q[2], q[4], q[6]) - margin || x > Math.max(q[0], q[2], q[4], q[6]) + margin) continue;
      if (y < Math.min(q[1], q[3], q[5], q[7]) - margin || y > Math.max(q[1], q[3], q[5], q[7]) + margin) continue;
      let [px, py] = [q[0], q[1]];
      for (let i = 1; i <= 20; i++) {
        const [qx, qy] = onCurve(q, i / 20);
        best = Math.min(best, toSegment(x, y, px, py, qx, qy));
        [px, py] = [qx, qy];
      }
    }
    return best;
  }

  /** The place on the edge, t from 0 at its source to 1 at its target. */
  at(edge: number, t: number): [number, number] {
    const p = this.curves(edge);
    const count = p.length / 8;
    const index = Math.min(count - 1, Math.floor(t * count));
    return onCurve(p.subarray(index * 8, index * 8 + 8), t * count - index);
  }
}

function onCurve(p: Float32Array, t: number): [number, number] {
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [a * p[0] + b * p[2] + c * p[4] + d * p[6], a * p[1] + b * p[3] + c * p[5] + d * p[7]];
}

/** Where an edge that would cross a row at x passes it: there, or in the nearer gap beside the card that is there. */
function pass(line: Line, x: number): number {
  const index = line.cards.findIndex(([left, right]) => x > left - BESIDE && x < right + BESIDE);
  if (index < 0) return x;
  const [left, right] = line.cards[index];
  const side = x - left < right - x ? -1 : 1;
  const begin = side < 0 ? left : (line.cards[index + 1]?.[0] ?? right + 2 * BESIDE + LANE);
  const end = side < 0 ? (line.cards[index - 1]?.[1] ?? left - 2 * BESIDE - LANE) : right;
  const room = begin - end;
  const count = line.passed.get(begin) ?? 0;
  line.passed.set(begin, count + 1);
  const lanes = Math.max(1, Math.floor((room - BESIDE) / LANE));
  const lane = count % lanes;
  // the first edge beside the card that it would have crossed, the next ones further away
  const away = lanes === 1 ? room / 2 : Math.min(room - 2, BESIDE / 2 + 2 + lane * LANE);
  return side < 0 ? left - away : right + away;
}

/** Of several edges between the same two nodes each bends more than the one before; a lone one hardly. */
function bendsOf(graph: Graph): Float32Array {
  const bends = new Float32Array(graph.edgeCount);
  const before = new Map<number, number>();
  for (let e = 0; e < graph.edgeCount; e++) {
    const pair = Math.min(graph.source[e], graph.target[e]) * graph.size + Math.max(graph.source[e], graph.target[e]);
    const count = before.get(pair) ?? 0;
    before.set(pair, count + 1);
    bends[e] = 0.05 + 0.1 * count;
  }
  return bends;
}

function toSegment(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length)) : 0;
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy);
}
