// The places of cards without bands: functions in the middle, tasks on both sides of them. They are worked out here, not
// in Python, since they change whenever a group is opened or closed.

import type { Graph } from "./graph";

const GAP = 14; // between the cards of a column
const BETWEEN = 34; // between the columns of a block
const AISLE = 180; // between two blocks
const ASPECT = 1.55; // width by height of the area that a page has on a laptop, beside its panel

interface Block {
  nodes: number[];
  width: number; // of a card
  pitch: number; // from a card to the next below it
}

/** Three blocks of one height, each of as many columns as make the whole largest in the area that a page has. */
export function columnLayout(graph: Graph): void {
  const drawn = [...Array(graph.size).keys()].filter((node) => !graph.folded[node]);
  const middle = drawn.filter((node) => graph.kind(node)[3] === "solid");
  const place = new Map(middle.map((node, index) => [node, index]));
  const wish = new Map(drawn.map((node) => [node, meanPlace(graph, node, place)]));
  const sides = drawn.filter((node) => !place.has(node)).sort((one, other) => wish.get(one)! - wish.get(other)! || one - other);
  const blocks = [sides.filter((_, index) => index % 2 === 0), middle, sides.filter((_, index) => index % 2 === 1)].map(blockOf(graph));
  const height = bestHeight(blocks);
  let left = 0;
  for (const block of blocks) {
    const columns = columnsIn(block, height);
    const rows = Math.ceil(block.nodes.length / columns);
    block.nodes.forEach((node, index) => {
      // row by row, so that the order from top to bottom holds in every column
      graph.x[node] = left + block.width / 2 + (index % columns) * (block.width + BETWEEN);
      graph.y[node] = ((Math.floor(index / columns) + 0.5) / rows) * height;
    });
    left += widthOf(block, columns) + AISLE;
  }
}

const blockOf =
  (graph: Graph) =>
  (nodes: number[]): Block => ({
    nodes,
    width: Math.max(0, ...nodes.map((node) => graph.width[node])),
    pitch: GAP + Math.max(0, ...nodes.map((node) => graph.height[node])),
  });

const columnsIn = ({ nodes, pitch }: Block, height: number): number => Math.max(1, Math.ceil(nodes.length / Math.floor(height / pitch)));

const widthOf = ({ width }: Block, columns: number): number => columns * (width + BETWEEN) - BETWEEN;

/** The height, that of some number of rows of a block, at which the whole is drawn largest. */
function bestHeight(blocks: Block[]): number {
  const least = Math.max(...blocks.map(({ pitch }) => pitch));
  let [best, largest] = [least, 0];
  for (const { nodes, pitch } of blocks)
    for (let rows = 1; rows <= nodes.length; rows++) {
      const height = rows * pitch;
      if (height < least) continue;
      const width = blocks.reduce((sum, block) => sum + widthOf(block, columnsIn(block, height)), 2 * AISLE);
      const scale = Math.min(ASPECT / width, 1 / height);
      if (scale > largest) [best, largest] = [height, scale];
    }
  return best;
}

/** The mean place of the functions that a card is linked to, 0 where there are none. */
function meanPlace(graph: Graph, node: number, place: Map<number, number>): number {
  let [sum, count] = [0, 0];
  for (const edge of graph.linked(node)) {
    const found = place.get(graph.other(edge, node));
    if (found === undefined) continue;
    sum += found;
    count++;
  }
  return count ? sum / count : 0;
}
