// A sheet's nodes and edges with what follows from them: who is joined to whom, what is shown, where things are.

import type { Box } from "./camera";
import type { GraphData, KindRow, RelationRow } from "./data";
import { beginnings, plain } from "./text";
import { bandLayout } from "./bands";
import { columnLayout } from "./columns";
import { closedFrom, treeLayout } from "./tree";

export interface Filters {
  kinds: Set<number>;
  levels: Set<number>;
  relations: Set<number>;
}

export class Graph {
  readonly size: number;
  readonly edgeCount: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly width: Float32Array;
  readonly height: Float32Array;
  readonly hidden: Uint8Array;
  readonly folded: Uint8Array; // by a group that is closed, a group that is open, or what the picture is narrowed to
  bands: [title: string, top: number, bottom: number][] = [];
  readonly shared: Int32Array; // first letters of a label that another one has, too
  readonly hiddenEdge: Uint8Array;
  readonly filters: Filters = { kinds: new Set(), levels: new Set(), relations: new Set() };
  readonly closed = new Set<number>();
  readonly children: number[][] = [];
  readonly members: number[][] = []; // of a group
  readonly opened = new Set<number>(); // groups
  focus: number | undefined;
  private kept: Set<number> | undefined; // what the focus leaves
  readonly depth: number[] = [];
  private readonly joined: number[][] = [];
  shownEdges = 0; // how many edges are drawn
  private readonly needles: string[];
  source: ArrayLike<number>;
  target: ArrayLike<number>;
  relation: ArrayLike<number>;

  constructor(readonly data: GraphData) {
    const { nodes, edges } = data;
    this.size = nodes.id.length;
    this.x = Float32Array.from(nodes.x);
    this.y = Float32Array.from(nodes.y);
    this.width = new Float32Array(this.size);
    this.height = new Float32Array(this.size);
    this.hidden = new Uint8Array(this.size);
    this.folded = new Uint8Array(this.size);
    this.shared = beginnings(nodes.label);
    this.source = edges.source;
    this.target = edges.target;
    this.relation = edges.relation;
    if (data.mode === "tree") this.growTree();
    this.edgeCount = this.source.length;
    this.hiddenEdge = new Uint8Array(this.edgeCount);
    for (let i = 0; i < this.size; i++) {
      const kind = this.kind(i);
      if (data.mode === "cards") {
        this.width[i] = kind[4];
        this.height[i] = kind[5];
      } else if (data.mode === "dots") {
        this.width[i] = this.height[i] = nodes.size[i] * 2;
      }
      this.joined.push([]);
      this.members.push([]);
    }
    nodes.group.forEach((group, node) => group >= 0 && this.members[group].push(node));
    for (let e = 0; e < this.edgeCount; e++) {
      this.joined[this.source[e]].push(e);
      this.joined[this.target[e]].push(e);
    }
    this.needles = nodes.label.map((label, i) => plain(label + " " + (nodes.note[i] ?? "")));
    this.refresh();
  }

  private growTree(): void {
    const { parent } = this.data.nodes;
    const source: number[] = [];
    const target: number[] = [];
    for (let i = 0; i < this.size; i++) this.children.push([]);
    for (let i = 0; i < this.size; i++) {
      this.depth.push(parent[i] < 0 ? 0 : this.depth[parent[i]] + 1);
      if (parent[i] < 0) continue;
      this.children[parent[i]].push(i);
      source.push(parent[i]);
      target.push(i);
    }
    this.source = source;
    this.target = target;
    this.relation = new Uint8Array(source.length);
    this.openTo(this.data.openDepth ?? Infinity);
  }

  private openTo(depth: number): void {
    this.closed.clear();
    for (const node of closedFrom(this, depth)) this.closed.add(node);
  }

  /** Opens the tree as far as so many rows and so much width hold it, one step at least. */
  openInto(rows: number, width: number): void {
    for (let depth = Math.max(...this.depth); depth > 0; depth--) {
      this.openTo(depth);
      this.refresh();
      let leaves = 0;
      for (let i = 0; i < this.size; i++) if (!this.hidden[i] && (this.closed.has(i) || !this.children[i].length)) leaves++;
      const box = this.bounds();
      if (leaves <= rows && box.right - box.left <= width) return;
    }
  }

  kind(node: number): KindRow {
    return this.data.kinds[this.data.nodes.kind[node]];
  }

  relationOf(edge: number): RelationRow {
    return this.data.relations[this.relation[edge]];
  }

  weight(edge: number): number {
    return this.data.edges.weight[edge] ?? 1;
  }

  edgesOf(node: number): number[] {
    return this.joined[node].filter((edge) => !this.hiddenEdge[edge]);
  }

  other(edge: number, node: number): number {
    return this.source[edge] === node ? this.target[edge] : this.source[edge];
  }

  edgeKey(edge: number): string {
    const { id } = this.data.nodes;
    return [id[this.source[edge]], this.data.relations[this.relation[edge]][0], id[this.target[edge]]].join("\u001f");
  }

  /** The edges at a node whose two ends are drawn or only filtered out. */
  linked(node: number): number[] {
    return this.joined[node].filter((edge) => !this.folded[this.source[edge]] && !this.folded[this.target[edge]]);
  }

  isGroup(node: number): boolean {
    return this.members[node].length > 0;
  }

  /** Opens a group, or closes the group that a node is in. */
  toggle(node: number): void {
    const group = this.isGroup(node) ? node : (this.data.nodes.group[node] ?? -1);
    if (group < 0) return;
    if (!this.opened.delete(group)) this.opened.add(group);
    this.refresh();
  }

  /** Narrows the picture to a document, what it rests on and what rests on it, step by step; undefined for all. */
  narrow(node: number | undefined): void {
    this.focus = node;
    this.kept = node === undefined ? undefined : new Set([...this.reached(node, true), ...this.reached(node, false)]);
    this.refresh();
  }

  private reached(start: number, up: boolean): Set<number> {
    const found = new Set(this.isGroup(start) ? this.members[start] : [start]);
    for (const node of found)
      for (const edge of this.joined[node]) {
        const [from, to] = up ? [this.source[edge], this.target[edge]] : [this.target[edge], this.source[edge]];
        if (from === node && !this.isGroup(to)) found.add(to);
      }
    return found;
  }

  /** Applies groups, filters and closed branches. */
  refresh(): void {
    const { nodes } = this.data;
    const { kinds, levels, relations } = this.filters;
    const { kept } = this;
    for (let i = 0; i < this.size; i++) {
      const group = nodes.group[i] ?? -1;
      // what is narrowed to is drawn one by one
      if (kept) this.folded[i] = kept.has(i) ? 0 : 1;
      else this.folded[i] = this.opened.has(i) || (group >= 0 && !this.opened.has(group)) ? 1 : 0;
      const above = nodes.parent[i] ?? -1;
      const closed = above >= 0 && (this.hidden[above] || this.closed.has(above));
      this.hidden[i] = closed || this.folded[i] || kinds.has(nodes.kind[i]) || levels.has(nodes.level[i]) ? 1 : 0;
    }
    this.shownEdges = 0;
    for (let e = 0; e < this.edgeCount; e++) {
      const gone = this.hidden[this.source[e]] || this.hidden[this.target[e]] || relations.has(this.relation[e]);
      this.hiddenEdge[e] = gone ? 1 : 0;
      if (!gone) this.shownEdges++;
    }
    if (this.data.mode === "tree") treeLayout(this);
    else if (this.data.bands.length) bandLayout(this);
    else if (this.data.mode === "cards") columnLayout(this);
  }

  /** Whether a node passes the filters and the focus, be it drawn or in a group or branch that is closed. */
  listed(node: number): boolean {
    const { kind, level } = this.data.nodes;
    if (this.data.mode === "tree") return !this.filters.kinds.has(kind[node]) && (!this.kept || this.kept.has(node));
    return !this.isGroup(node) && !this.filters.kinds.has(kind[node]) && !this.filters.levels.has(level[node]) && (!this.kept || this.kept.has(node));
  }

  /** The edges between listed documents. */
  listedEdges(): number[] {
    return Array.from({ length: this.edgeCount }, (_, edge) => edge).filter(
      (edge) => this.listed(this.source[edge]) && this.listed(this.target[edge]) && !this.filters.relations.has(this.relation[edge]),
    );
  }

  shown(): { nodes: number; edges: number } {
    let nodes = 0;
    for (let i = 0; i < this.size; i++) nodes += 1 - this.hidden[i];
    return { nodes, edges: this.shownEdges };
  }

  bounds(): Box {
    const box: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (let i = 0; i < this.size; i++) {
      if (this.hidden[i]) continue;
      box.left = Math.min(box.left, this.x[i] - this.width[i] / 2);
      box.right = Math.max(box.right, this.x[i] + this.width[i] / 2);
      box.top = Math.min(box.top, this.y[i] - this.height[i] / 2);
      box.bottom = Math.max(box.bottom, this.y[i] + this.height[i] / 2);
    }
    for (const [, top, bottom] of this.bands) {
      box.top = Math.min(box.top, top);
      box.bottom = Math.max(box.bottom, bottom);
    }
    return box.left === Infinity ? { left: 0, top: 0, right: 1, bottom: 1 } : box;
  }

  /** Nodes whose label holds the words, labels that start with them first; then those whose quotes hold them. */
  search(query: string, most: number, quoted: (node: number, words: string) => boolean = () => false): number[] {
    const needle = plain(query);
    if (!needle) return [];
    const found: [rank: number, node: number][] = [];
    for (let i = 0; i < this.size; i++) {
      if (this.isGroup(i)) continue;
      const at = this.needles[i].indexOf(needle);
      if (at >= 0) found.push([at === 0 ? 0 : 1, i]);
      else if (quoted(i, needle)) found.push([2, i]);
    }
    found.sort((a, b) => a[0] - b[0] || this.joined[b[1]].length - this.joined[a[1]].length || a[1] - b[1]);
    return found.slice(0, most).map(([, node]) => node);
  }

  /** Opens and unhides what keeps a node from being seen. */
  reveal(node: number): void {
    const { nodes } = this.data;
    this.filters.kinds.delete(nodes.kind[node]);
    this.filters.levels.delete(nodes.level[node]);
    for (let up = nodes.parent[node] ?? -1; up >= 0; up = nodes.parent[up]) {
      this.closed.delete(up);
      this.filters.kinds.delete(nodes.kind[up]);
    }
    if (this.kept && !this.kept.has(node)) this.narrow(undefined);
    const group = nodes.group[node] ?? -1;
    if (group >= 0 && !this.kept) this.opened.add(group);
    if (!this.kept) this.opened.delete(node); // a group is seen where it is closed
    this.refresh();
  }
}
