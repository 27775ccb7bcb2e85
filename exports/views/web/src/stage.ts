// The drawing surface of a graph: it keeps the camera, draws, and hears the pointer and the keyboard.
//
// The picture is drawn a little beyond the visible part onto a buffer, in slices of a few milliseconds; moving about
// only copies the buffer, so that it stays smooth whatever the graph's size. While the scale changes the copy is scaled,
// and the picture is drawn anew once it stays. What is selected is drawn on a second canvas above, over a veil.

import { clamp, fitting, zoomed } from "./camera";
import type { Camera } from "./camera";
import { drawBands, drawBandTitles, drawGraph, radius } from "./draw";
import type { Frame, Part } from "./draw";
import { Graph } from "./graph";
import { CanvasPainter } from "./painter";
import { Routes } from "./routes";
import { theme } from "./theme";
import { ROW } from "./tree";
import { t } from "./words";

export type Pick = { node: number } | { edge: number } | undefined;

interface Buffer {
  canvas: HTMLCanvasElement;
  camera: Camera; // of the buffer's own corner
}

const READABLE = 0.75; // the scale from which a tree is read without effort
const SLICE = 9; // milliseconds of drawing a frame
const BEYOND = 0.3; // of the visible part, on each side
const PAUSE = 120; // milliseconds for which the scale stays before the picture is drawn at it
const SCALED = [0.6, 2.5]; // how far a copy is scaled: below, the view is larger than the buffer; above, the copy is blurred

export class Stage {
  readonly element = document.createElement("div");
  readonly surface = document.createElement("canvas");
  private readonly over = document.createElement("canvas");
  private readonly routes: Routes;
  camera: Camera = { scale: 1, x: 0, y: 0 };
  private width = 1;
  private height = 1;
  private ratio = 1;
  private front: Buffer | undefined;
  private job: (Buffer & { steps: Generator<void> }) | undefined;
  private stale = true;
  private waiting = false;
  private lastZoom = -Infinity; // when the scale was last changed by hand
  private timer = 0;
  private part: Part | undefined;
  private moved = false;
  selection: Pick;
  private hover: Pick;

  constructor(
    readonly graph: Graph,
    private readonly on: { select(pick: Pick): void; toggle(group: number): void; hover(pick: Pick, x: number, y: number): void; drawn(): void },
  ) {
    this.routes = new Routes(graph);
    this.element.className = "stage";
    this.surface.tabIndex = 0;
    this.surface.setAttribute("role", "application");
    this.surface.setAttribute("aria-roledescription", t("图"));
    this.over.className = "over";
    this.over.setAttribute("aria-hidden", "true");
    this.element.append(this.surface, this.over);
    this.listen();
  }

  /** Takes the size of the element; the first time, shows the whole picture. */
  resize(): void {
    const { clientWidth, clientHeight } = this.element;
    if (!clientWidth || !clientHeight) return;
    const first = this.width === 1;
    if (!first && this.moved) {
      this.camera.x += (clientWidth - this.width) / 2;
      this.camera.y += (clientHeight - this.height) / 2;
    }
    this.width = clientWidth;
    this.height = clientHeight;
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    for (const canvas of [this.surface, this.over]) {
      canvas.width = Math.round(this.width * this.ratio);
      canvas.height = Math.round(this.height * this.ratio);
    }
    if (first && this.graph.data.mode === "tree" && this.graph.data.openDepth === null) {
      this.graph.openInto((this.height - 60) / ROW / READABLE, (this.width - 60) / READABLE);
      this.routes.update();
    }
    if (first || !this.moved) this.fit();
    this.redraw();
    this.tick(); // at once, for a canvas that changed its size is black until it is drawn
  }

  frame(): Frame {
    const { graph, routes, camera, width, height } = this;
    return { graph, routes, camera, width, height, theme: theme() };
  }

  fit(): void {
    const { mode, bands } = this.graph.data;
    const margin = this.width < 600 ? 14 : 28;
    const margins = { left: bands.length ? margin + 22 : margin, top: bands.length ? 4 : margin, right: margin, bottom: bands.length ? 4 : margin };
    if (mode === "dots") margins.left = margins.right = Math.min(70, this.width / 8);
    const box = this.graph.bounds();
    this.camera = fitting(box, this.width, this.height, margins);
    if (mode === "cards" && this.width < 700 && this.camera.scale < 0.6) {
      // on a phone: as high as the screen, to be moved sideways
      const scale = clamp((this.height - 2 * margin) / (box.bottom - box.top), this.camera.scale, 0.75);
      this.camera = { scale, x: margins.left - box.left * scale, y: this.height / 2 - ((box.top + box.bottom) / 2) * scale };
    }
    if (mode === "tree" && this.camera.scale < READABLE - 0.02) {
      // a tall tree starts at its root, large enough to be read
      this.camera = { scale: 0.9, x: margin - box.left * 0.9, y: this.height / 2 - this.graph.y[0] * 0.9 };
    }
    this.moved = false;
    this.redraw();
  }

  zoom(factor: number, x = this.width / 2, y = this.height / 2): void {
    this.camera = zoomed(this.camera, factor, x, y);
    this.lastZoom = performance.now();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.schedule(), PAUSE + 1);
    this.touched();
  }

  pan(dx: number, dy: number): void {
    this.camera = { ...this.camera, x: this.camera.x + dx, y: this.camera.y + dy };
    this.touched();
  }

  private touched(): void {
    this.moved = true;
    this.schedule();
  }

  /** Moves so that the node is in sight, in the middle unless it is already well inside. */
  show(node: number): void {
    const { graph, camera } = this;
    const wanted = clamp(camera.scale, graph.data.mode === "dots" ? 0.9 : 0.75, 2);
    const [x, y] = [graph.x[node] * camera.scale + camera.x, graph.y[node] * camera.scale + camera.y];
    const inside = x > 60 && x < this.width - 60 && y > 40 && y < this.height - 40;
    if (inside && wanted === camera.scale) return this.schedule();
    this.camera = { scale: wanted, x: this.width / 2 - graph.x[node] * wanted, y: this.height / 2 - graph.y[node] * wanted };
    this.touched();
  }

  select(pick: Pick): void {
    this.selection = pick;
    this.part = pick && this.around(pick);
    this.schedule();
  }

  /** What a selection keeps clear of the veil: a node with its neighbours, an edge with its ends. */
  private around(pick: NonNullable<Pick>): Part {
    const { graph } = this;
    if ("edge" in pick) {
      const ends = [graph.source[pick.edge], graph.target[pick.edge]];
      return { nodes: ends, edges: [pick.edge], strong: new Set(ends) };
    }
    const edges = graph.edgesOf(pick.node);
    const nodes = [...new Set([...edges.map((edge) => graph.other(edge, pick.node)), pick.node])];
    return { nodes, edges, strong: new Set([pick.node]) };
  }

  /** After filters, branches, size or theme changed. */
  redraw(): void {
    this.stale = true;
    this.job = undefined;
    this.schedule();
  }

  changed(): void {
    this.routes.update();
    if (this.selection) this.part = this.around(this.selection);
    this.redraw();
  }

  /** After groups or the focus changed, by which all cards may stand elsewhere. */
  rearranged(): void {
    this.changed();
    if (this.width > 1) this.fit();
  }

  private schedule(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.tick();
    });
  }

  private tick(): void {
    if (!this.element.isConnected || this.width === 1) return;
    if (!this.job && (this.stale || !(this.covered() || this.zooming()))) this.start();
    if (this.job) this.work(this.front ? SLICE : 4 * SLICE);
    this.copy();
    this.drawOver();
    if (this.job) this.schedule();
  }

  /** Whether the buffer has the right scale and holds all that is visible. */
  private covered(): boolean {
    const { front, camera } = this;
    if (!front || Math.abs(front.camera.scale / camera.scale - 1) > 1e-6) return false;
    const [left, top] = [front.camera.x - camera.x, front.camera.y - camera.y];
    const [w, h] = [front.canvas.width / this.ratio, front.canvas.height / this.ratio];
    return left >= 0 && top >= 0 && left + this.width <= w && top + this.height <= h;
  }

  /** The scale at which the picture was last drawn whole; undefined before the first one. */
  get drawnScale(): number | undefined {
    return this.front?.camera.scale;
  }

  /** Whether the scale still changes and a scaled copy of the buffer serves meanwhile. */
  private zooming(): boolean {
    if (!this.front || performance.now() - this.lastZoom >= PAUSE) return false;
    const ratio = this.camera.scale / this.front.camera.scale;
    return ratio >= SCALED[0] && ratio <= SCALED[1];
  }

  private start(): void {
    const [mx, my] = [this.width * BEYOND, this.height * BEYOND];
    const canvas = document.createElement("canvas");
    canvas.width = Math.round((this.width + 2 * mx) * this.ratio);
    canvas.height = Math.round((this.height + 2 * my) * this.ratio);
    const context = canvas.getContext("2d", { alpha: false })!;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    const [width, height] = [this.width + 2 * mx, this.height + 2 * my];
    context.fillStyle = theme().ground;
    context.fillRect(0, 0, width, height);
    const camera = { scale: this.camera.scale, x: this.camera.x + mx, y: this.camera.y + my };
    const frame = { ...this.frame(), camera, width, height, beyond: { x: mx, y: my } };
    const painter = new CanvasPainter(context);
    drawBands(painter, frame);
    this.job = { canvas, camera, steps: drawGraph(painter, frame) };
    this.stale = false;
  }

  private work(budget: number): void {
    const job = this.job!;
    const until = performance.now() + budget;
    while (performance.now() < until) {
      if (!job.steps.next().done) continue;
      this.front = { canvas: job.canvas, camera: job.camera };
      this.job = undefined;
      if (!this.covered()) this.schedule();
      else this.on.drawn();
      return;
    }
  }

  private copy(): void {
    const buffer = this.front ?? this.job;
    if (!buffer) return;
    const context = this.surface.getContext("2d", { alpha: false })!;
    const zoom = this.camera.scale / buffer.camera.scale;
    const x = (this.camera.x - buffer.camera.x * zoom) * this.ratio;
    const y = (this.camera.y - buffer.camera.y * zoom) * this.ratio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = theme().ground;
    const [w, h] = [buffer.canvas.width * zoom, buffer.canvas.height * zoom];
    if (x > 0 || y > 0 || x + w < this.surface.width || y + h < this.surface.height)
      context.fillRect(0, 0, this.surface.width, this.surface.height);
    if (zoom === 1) context.drawImage(buffer.canvas, Math.round(x), Math.round(y));
    else context.drawImage(buffer.canvas, x, y, w, h);
  }

  private drawOver(): void {
    const context = this.over.getContext("2d")!;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    const frame = this.frame();
    const painter = new CanvasPainter(context);
    if (this.part) {
      context.fillStyle = frame.theme.veil;
      context.fillRect(0, 0, this.width, this.height);
      for (const _ of drawGraph(painter, frame, this.part)) continue;
    } else if (this.hover) {
      const part = this.around(this.hover);
      if (part.edges.length <= 400) for (const _ of drawGraph(painter, frame, { ...part, nodes: "edge" in this.hover ? part.nodes : [this.hover.node] })) continue;
    }
    drawBandTitles(painter, frame);
  }

  /** What is under a point of the screen: a node before an edge. */
  at(x: number, y: number): Pick {
    const { graph, camera, routes } = this;
    const [wx, wy] = [(x - camera.x) / camera.scale, (y - camera.y) / camera.scale];
    const frame = this.frame();
    let best: Pick;
    let nearest = Infinity;
    for (let i = 0; i < graph.size; i++) {
      if (graph.hidden[i]) continue;
      const [dx, dy] = [Math.abs(graph.x[i] - wx), Math.abs(graph.y[i] - wy)];
      if (graph.data.mode === "dots") {
        const away = Math.hypot(dx, dy) * camera.scale - radius(frame, i);
        if (away < 5 && away < nearest) [best, nearest] = [{ node: i }, away];
      } else if (dx <= graph.width[i] / 2 && dy <= graph.height[i] / 2) return { node: i };
    }
    if (best || graph.data.mode === "tree") return best;
    nearest = 6 / camera.scale;
    const near = (edge: number): void => {
      if (graph.hiddenEdge[edge]) return;
      const away = routes.distance(edge, wx, wy);
      if (away < nearest) [best, nearest] = [{ edge }, away];
    };
    if (this.part) this.part.edges.forEach(near); // the others lie behind the veil
    else for (let edge = 0; edge < graph.edgeCount; edge++) near(edge);
    return best;
  }

  /** A point of the screen at which an edge can be clicked, where there is one. */
  reach(edge: number): [number, number] | undefined {
    for (let step = 1; step < 100; step++) {
      const [wx, wy] = this.routes.at(edge, step / 100);
      const [x, y] = [wx * this.camera.scale + this.camera.x, wy * this.camera.scale + this.camera.y];
      const pick = this.at(x, y);
      if (pick && "edge" in pick && pick.edge === edge) return [x, y];
    }
    return undefined;
  }

  private listen(): void {
    const pointers = new Map<number, [number, number]>();
    let travelled = 0;
    const place = (event: PointerEvent | WheelEvent): [number, number] => {
      const box = this.surface.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    this.surface.addEventListener("pointerdown", (event) => {
      this.surface.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, place(event));
      if (pointers.size === 1) travelled = 0;
    });
    this.surface.addEventListener("pointermove", (event) => {
      const [x, y] = place(event);
      const before = pointers.get(event.pointerId);
      if (!before) {
        if (event.pointerType === "mouse") this.pointAt(x, y);
        return;
      }
      const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      travelled += Math.hypot(x - before[0], y - before[1]);
      pointers.set(event.pointerId, [x, y]);
      if (others.length) {
        const [ox, oy] = others[0];
        this.zoom(Math.hypot(x - ox, y - oy) / Math.max(1, Math.hypot(before[0] - ox, before[1] - oy)), (x + ox) / 2, (y + oy) / 2);
      } else if (travelled > 4) {
        this.element.classList.add("dragging");
        this.on.hover(undefined, 0, 0);
        this.pan(x - before[0], y - before[1]);
      }
    });
    const release = (event: PointerEvent): void => {
      const last = pointers.size === 1;
      pointers.delete(event.pointerId);
      this.element.classList.remove("dragging");
      if (last && travelled <= 4 && event.type === "pointerup") this.click(...place(event));
      if (last && travelled > 4) travelled = 5;
    };
    this.surface.addEventListener("pointerup", release);
    this.surface.addEventListener("pointercancel", release);
    this.surface.addEventListener("pointerleave", () => this.pointAt(-1e6, -1e6));
    this.surface.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const [x, y] = place(event);
        this.zoom(Math.exp(-clamp(event.deltaY, -80, 80) * (event.ctrlKey ? 0.012 : 0.0035)), x, y);
      },
      { passive: false },
    );
    this.surface.addEventListener("dblclick", (event) => {
      const box = this.surface.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      const pick = this.at(x, y);
      if (pick && "node" in pick && this.graph.isGroup(pick.node)) this.on.toggle(pick.node);
      else this.zoom(1.8, x, y);
    });
  }

  private pointAt(x: number, y: number): void {
    const pick = this.at(x, y);
    const same = JSON.stringify(pick) === JSON.stringify(this.hover);
    this.hover = pick;
    this.element.classList.toggle("pointing", pick !== undefined);
    this.on.hover(pick, x, y);
    if (!same) this.schedule();
  }

  private click(x: number, y: number): void {
    const pick = this.at(x, y);
    if (pick && "node" in pick && this.onHandle(pick.node, x)) {
      if (this.graph.isGroup(pick.node)) this.on.toggle(pick.node);
      else this.toggle(pick.node);
      return;
    }
    this.on.select(pick);
  }

  private onHandle(node: number, x: number): boolean {
    const { graph, camera } = this;
    if (!(graph.children[node]?.length || graph.isGroup(node))) return false;
    const right = (graph.x[node] + graph.width[node] / 2) * camera.scale + camera.x;
    return x > right - 26 * camera.scale;
  }

  /** Opens or closes a branch; its node stays where it is on the screen. */
  toggle(node: number): void {
    const { graph, camera } = this;
    const [x, y] = [graph.x[node], graph.y[node]];
    if (!graph.closed.delete(node)) graph.closed.add(node);
    graph.refresh();
    this.camera = { ...camera, x: camera.x + (x - graph.x[node]) * camera.scale, y: camera.y + (y - graph.y[node]) * camera.scale };
    this.moved = true;
    this.changed();
    this.on.drawn();
  }
}
