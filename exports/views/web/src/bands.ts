// The places of cards in bands, one band a level. They are worked out here, not in Python, since they change whenever a
// group is opened or the picture is narrowed to what one document is linked to.

import type { Graph } from "./graph";

const GAP_X = 22;
const GAP_Y = 26;
const PADDING = 34; // above the first row of a band and below its last
const LAST_APART = 26; // between the policies of a band and its plans
const ASPECT = 1.33; // width by height of the area that a page has on a laptop, beside its panel

interface Stripe {
  title: string;
  upper: number[];
  last: number[]; // plans, in the lowest rows
}

/** Stripes one below the other, in each the cards in rows, near the cards that they are linked to. */
export function bandLayout(graph: Graph): void {
  const drawn = [...Array(graph.size).keys()].filter((node) => !graph.folded[node]);
  const plans = drawn.filter((node) => graph.kind(node)[3] === "solid");
  const stripes: Stripe[] = graph.data.bands
    .map(([title, level]) => {
      const own = drawn.filter((node) => graph.data.nodes.level[node] === level);
      return { title, upper: own.filter((node) => graph.kind(node)[3] !== "solid"), last: own.filter((node) => plans.includes(node)) };
    })
    .filter(({ upper, last }) => upper.length + last.length);
  const height = Math.max(...graph.data.kinds.map((kind) => kind[5])) + GAP_Y;
  let width = Math.max(...graph.data.kinds.map((kind) => kind[4])) + GAP_X;
  const rowsOf = (columns: number): number =>
    stripes.reduce((sum, { upper, last }) => sum + Math.ceil(upper.length / columns) + Math.ceil(last.length / columns), 0);
  const tall = (columns: number): number => rowsOf(columns) * height + stripes.length * (2 * PADDING - GAP_Y);
  let [columns, high] = [1, Math.max(1, ...stripes.map(({ upper, last }) => Math.max(upper.length, last.length)))];
  while (columns < high) {
    // the shape only widens with more columns
    const middle = (columns + high) >> 1;
    if ((middle * width) / tall(middle) < ASPECT) columns = middle + 1;
    else high = middle;
  }
  // few columns stand further apart
  width = Math.round(Math.min(1.6 * width, Math.max(width, (ASPECT * (tall(columns) + stripes.length * LAST_APART)) / columns)));
  const places = new Map(plans.map((node, index) => [node, (index + 0.5) / plans.length]));
  const wish = new Map(drawn.map((node) => [node, meanPlace(graph, node, places) * columns]));
  const spread = plans.length <= columns;
  graph.bands = [];
  let top = 0;
  for (const { title, upper, last } of stripes) {
    upper.sort((one, other) => wish.get(one)! - wish.get(other)! || one - other);
    const rows = [...cutColumnwise(upper, columns), ...cut(last, columns)];
    const lowest = rows.length - cut(last, columns).length;
    const apart = upper.length && last.length ? LAST_APART : 0;
    const bottom = top + 2 * PADDING + rows.length * height - GAP_Y + apart;
    rows.forEach((members, row) => {
      const xs =
        row < lowest
          ? standApart(members.map((node) => wish.get(node)!), columns)
          : members.map((node, index) => (spread ? places.get(node)! : (index + 0.5) / members.length) * columns);
      members.forEach((node, index) => {
        graph.x[node] = xs[index] * width;
        graph.y[node] = top + PADDING + row * height + (height - GAP_Y) / 2 + (row < lowest ? 0 : apart);
      });
    });
    graph.bands.push([title, top, bottom]);
    top = bottom;
  }
}

/** The mean place of the plans that a card is linked to; the middle where there are none. */
function meanPlace(graph: Graph, node: number, places: Map<number, number>): number {
  let [sum, count] = [0, 0];
  for (const edge of graph.linked(node)) {
    const place = places.get(graph.other(edge, node));
    if (place === undefined) continue;
    sum += place;
    count++;
  }
  return count ? sum / count : 0.5;
}

/** Positions at least 1 apart and within the room, in order and near the wishes: [1, 1] in a room of 4 -> [0.75, 1.75]. */
export function standApart(wishes: number[], room: number): number[] {
  const rightwards: number[] = [];
  wishes.forEach((wish, index) => {
    const least = index ? rightwards[index - 1] + 1 : 0.5;
    rightwards.push(Math.min(Math.max(wish, least), room - wishes.length + index + 0.5));
  });
  const leftwards: number[] = [];
  [...wishes].reverse().forEach((wish, index) => {
    const most = index ? leftwards[index - 1] - 1 : room - 0.5;
    leftwards.push(Math.max(Math.min(wish, most), wishes.length - index - 0.5));
  });
  return rightwards.map((one, index) => (one + leftwards[wishes.length - 1 - index]) / 2);
}

/** Rows of nearly equal length: 7 in 4 columns -> 3 + 4, 5 -> 2 + 3. */
function cut(nodes: number[], columns: number): number[][] {
  const rows = Math.ceil(nodes.length / columns);
  return Array.from({ length: rows }, (_, row) => nodes.slice(Math.floor((nodes.length * row) / rows), Math.floor((nodes.length * (row + 1)) / rows)));
}

/** As `cut`, but filled column by column, so that the order from left to right holds in every row. */
function cutColumnwise(nodes: number[], columns: number): number[][] {
  const rows = Math.ceil(nodes.length / columns);
  return Array.from({ length: rows }, (_, row) => nodes.filter((_, index) => index % rows === row));
}
