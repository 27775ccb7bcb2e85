// The tree's places. They are worked out here, not in Python, since they change whenever a branch is closed.

import type { Graph } from "./graph";
import { measure } from "./text";

export const TREE_FONT = 13;
export const LONGEST = 30; // characters of a label that are shown
export const ROW = 30;
const STEP = 44;

/** The nodes to be closed at first: those at `depth` that have something below them. */
export function closedFrom(graph: Graph, depth: number): number[] {
  return graph.depth.flatMap((found, node) => (found >= depth && graph.children[node].length ? [node] : []));
}

export function shortLabel(label: string): string {
  const letters = [...label];
  return letters.length > LONGEST ? letters.slice(0, LONGEST - 1).join("") + "…" : label;
}

/** A column a depth, a row a leaf, a parent at the middle of its children. */
export function treeLayout(graph: Graph): void {
  const { label } = graph.data.nodes;
  const columns: number[] = [];
  for (let i = 0; i < graph.size; i++) {
    if (graph.hidden[i]) continue;
    graph.width[i] = measure(shortLabel(label[i]), TREE_FONT) + 24 + (graph.children[i].length ? 20 : 0);
    graph.height[i] = graph.kind(i)[5];
    columns[graph.depth[i]] = Math.max(columns[graph.depth[i]] ?? 0, graph.width[i]);
  }
  const left: number[] = [];
  let next = 0;
  columns.forEach((width, depth) => {
    left[depth] = next;
    next += width + STEP;
  });
  let row = 0;
  const place = (node: number): void => {
    const below = graph.children[node].filter((child) => !graph.hidden[child]);
    below.forEach(place);
    graph.x[node] = left[graph.depth[node]] + graph.width[node] / 2;
    graph.y[node] = below.length ? (graph.y[below[0]] + graph.y[below[below.length - 1]]) / 2 : ROW * row++;
  };
  for (let i = 0; i < graph.size; i++) if (graph.depth[i] === 0 && !graph.hidden[i]) place(i);
}
