// The way of each edge: eight numbers, a cubic curve in the picture's coordinates.

import type { Graph } from "./graph";

export const MANY = 3000; // edges beyond which they are straight lines

export class Routes {
  readonly points: Float32Array;
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
    else this.fromPorts(graph.data.bands.length > 0);
  }

  private set(edge: number, ...values: number[]): void {
    this.points.set(values, edge * 8);
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
    for (let e = 0; e < graph.edgeCount; e++) {
      if (vertical) this.upright(e, offsets[e * 2], offsets[e * 2 + 1]);
      else this.sideways(e, offsets[e * 2], offsets[e * 2 + 1]);
    }
  }

  /** The distance from (x, y) to the edge. */
  distance(edge: number, x: number, y: number): number {
    const p = this.points.subarray(edge * 8, edge * 8 + 8);
    if (this.straight) return toSegment(x, y, p[0], p[1], p[6], p[7]);
    const margin = 40;
    if (x < Math.min(p[0], p[2], p[4], p[6]) - margin || x > Math.max(p[0], p[2], p[4], p[6]) + margin) return Infinity;
    if (y < Math.min(p[1], p[3], p[5], p[7]) - margin || y > Math.max(p[1], p[3], p[5], p[7]) + margin) return Infinity;
    let best = Infinity;
    let [px, py] = [p[0], p[1]];
    for (let i = 1; i <= 20; i++) {
      const [qx, qy] = this.at(edge, i / 20);
      best = Math.min(best, toSegment(x, y, px, py, qx, qy));
      [px, py] = [qx, qy];
    }
    return best;
  }

  at(edge: number, t: number): [number, number] {
    const p = this.points.subarray(edge * 8, edge * 8 + 8);
    const s = 1 - t;
    const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    return [a * p[0] + b * p[2] + c * p[4] + d * p[6], a * p[1] + b * p[3] + c * p[5] + d * p[7]];
  }
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
