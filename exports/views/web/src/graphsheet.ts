// A sheet with a graph.

import { fitting } from "./camera";
import type { Details, GraphData, PageData } from "./data";
import { button, el } from "./dom";
import { drawBands, drawBandTitles, drawGraph } from "./draw";
import { Graph } from "./graph";
import type { Place } from "./hash";
import type { Entry } from "./legend";
import { Panel } from "./panel";
import type { Painter } from "./painter";
import { Routes } from "./routes";
import type { Picture } from "./save";
import type { Hit } from "./search";
import { toggling } from "./sheet";
import type { Host, Sheet } from "./sheet";
import { Stage } from "./stage";
import type { Pick } from "./stage";
import { drawKind, drawRelation, sample, SWATCH } from "./swatch";
import type { TableData } from "./table";
import { theme } from "./theme";
import { t } from "./words";

const MOST_HITS = 50;

export class GraphSheet implements Sheet {
  readonly key: string;
  readonly title: string;
  readonly element: HTMLElement;
  readonly zooms = true;
  private readonly graph: Graph;
  private readonly stage: Stage;
  private readonly narrowed = el("div", { class: "narrowed", attributes: { hidden: "" } });

  constructor(
    private readonly data: GraphData,
    private readonly page: PageData,
    private readonly panel: Panel,
    private readonly host: Host,
    private readonly details: Details,
  ) {
    this.key = data.key;
    this.title = data.title;
    this.graph = new Graph(data);
    this.stage = new Stage(this.graph, {
      toggle: (node) => this.toggle(node),
      select: (pick) => this.select(pick, false),
      hover: (pick, x, y) => host.tip(this.told(pick), x, y),
      drawn: () => {
        this.element.dataset["drawn"] = "true";
        if (!performance.getEntriesByName("kg-first-picture").length) {
          performance.mark("kg-first-picture");
          void details.item(0); // unpacked now, so that the first click need not wait
        }
      },
    });
    this.element = this.stage.element;
    this.element.append(this.narrowed);
    this.stage.surface.setAttribute("aria-label", t("{}。{}。按 T 键以表格阅读。", page.title, page.subtitle));
  }

  private told(pick: Pick): string | undefined {
    if (!pick) return undefined;
    const { label, note } = this.data.nodes;
    if ("node" in pick) return [label[pick.node], note[pick.node] ?? ""].filter(Boolean).join("\n");
    const { graph } = this;
    const weight = graph.weight(pick.edge);
    const [from, to] = [label[graph.source[pick.edge]], label[graph.target[pick.edge]]];
    return `${from}\n${graph.relationOf(pick.edge)[1]}${weight > 1 ? t("（{} 处）", weight) : ""} → ${to}`;
  }

  select(pick: Pick, move = true): void {
    const { graph, stage } = this;
    const actions = {
      node: (node: number) => this.select({ node }),
      edge: (edge: number) => this.select({ edge }),
      close: () => this.select(undefined),
      toggle: (node: number) => this.toggle(node),
      narrow: (node: number) => this.narrow(node),
    };
    if (pick) {
      const ends = "node" in pick ? [pick.node] : [graph.source[pick.edge], graph.target[pick.edge]];
      if (ends.some((node) => graph.hidden[node])) {
        ends.forEach((node) => graph.reveal(node));
        this.showNarrowed();
        stage.changed();
      }
    }
    stage.select(pick);
    this.host.tip(undefined, 0, 0);
    if (!pick) this.summary();
    else if ("node" in pick) {
      if (move) stage.show(pick.node);
      void this.panel.node(graph, pick.node, actions);
      this.host.say(this.data.nodes.label[pick.node]);
    } else {
      void this.panel.edge(graph, pick.edge, actions);
      this.host.say(this.told(pick) ?? "");
    }
    this.host.update();
  }

  /** Opens a group, or closes the one that a node is in. */
  private toggle(node: number): void {
    this.graph.toggle(node);
    this.select(undefined);
    this.stage.rearranged();
  }

  private toggleAll(open: boolean): void {
    const { graph } = this;
    graph.opened.clear();
    if (open) graph.members.forEach((members, node) => members.length && graph.opened.add(node));
    graph.refresh();
    this.select(undefined);
    this.stage.rearranged();
  }

  /** Narrows the picture to what a document is linked to, step by step; undefined for all. */
  private narrow(node: number | undefined): void {
    const { graph } = this;
    graph.narrow(node);
    this.showNarrowed();
    this.select(node === undefined || graph.hidden[node] ? undefined : { node }, false);
    this.stage.rearranged();
  }

  private showNarrowed(): void {
    const { focus } = this.graph;
    this.narrowed.hidden = focus === undefined;
    if (focus === undefined) return;
    this.narrowed.replaceChildren(
      el("span", { text: t("只看相关：{}", this.data.nodes.label[focus]) }),
      button(t("显示全部"), t("显示全部（Esc）"), () => this.narrow(undefined)),
    );
  }

  private summary(): void {
    const shown = this.graph.shown();
    const { label } = this.data.nodes;
    this.panel.summary(
      [
        [t("节点"), String(shown.nodes)],
        [t("连线"), String(shown.edges)],
      ],
      this.hint(),
      this.data.rankings.map(([title, items]) => [
        title,
        items.map(([node, count]) => [label[node], count, () => this.select({ node })]),
      ]),
      this.graph.members.some((members) => members.length) && this.graph.focus === undefined
        ? [
            [t("全部展开"), () => this.toggleAll(true)],
            [t("全部收起"), () => this.toggleAll(false)],
          ]
        : [],
    );
  }

  private hint(): string {
    if (this.data.mode === "tree") return t("点击节点看原文；点击 ＋ − 展开或收起。");
    if (this.graph.members.some((members) => members.length)) return t("点击节点看它的关联，点击连线看原文；点击 ＋ 或双击展开一组。");
    return t("点击节点看它的关联，点击连线看原文。");
  }

  groups(): [string, Entry[]][] {
    const { graph, data } = this;
    // groups stand for documents that are counted already
    const single = (_: number, node: number): boolean => !graph.isGroup(node);
    const kinds = tally(data.nodes.kind.filter(single));
    const levels = tally(data.nodes.level.filter(single));
    const apart = (_: number, edge: number): boolean => !graph.isGroup(graph.source[edge]) && !graph.isGroup(graph.target[edge]);
    const relations = tally(Array.from(graph.relation).filter(apart));
    return [
      [
        t("种类"),
        data.kinds.flatMap((row, index) =>
          kinds.has(index)
            ? [toggling(graph.filters.kinds, index, { group: "kind", key: row[0], title: row[1], count: kinds.get(index)!, swatch: () => sample(SWATCH.kind, (painter) => drawKind(painter, theme(), row, 0, 7)) })]
            : [],
        ),
      ],
      [
        t("关系"),
        data.mode === "tree"
          ? []
          : data.relations.flatMap((row, index) =>
              relations.has(index)
                ? [toggling(graph.filters.relations, index, { group: "relation", key: row[0], title: row[1], count: relations.get(index)!, swatch: () => sample(SWATCH.relation, (painter) => drawRelation(painter, theme(), row, 0, 7)) })]
                : [],
            ),
      ],
      [
        t("层级"),
        levels.size < 2
          ? []
          : this.page.levels.flatMap(([key, title], index) =>
              levels.has(index)
                ? [toggling(graph.filters.levels, index, { group: "level", key, title, count: levels.get(index)!, swatch: () => undefined })]
                : [],
            ),
      ],
    ];
  }

  search(query: string): Hit[] {
    const quoted = (node: number, words: string): boolean => this.details.quoted(this.data.nodes.item[node], words);
    return this.graph.search(query, MOST_HITS, quoted).map((node) => ({
      label: this.data.nodes.label[node],
      note: this.graph.kind(node)[1],
      choose: () => this.select({ node }),
    }));
  }

  tables(): TableData[] {
    const { graph, data } = this;
    const { nodes } = data;
    const listed = [...nodes.id.keys()].filter((node) => graph.listed(node));
    const edges = graph.listedEdges();
    const joinedTo = tally(edges.flatMap((edge) => [graph.source[edge], graph.target[edge]]));
    const name = (node: number) => ({ text: nodes.label[node], press: () => this.select({ node }) });
    const joined = data.mode === "tree" ? t("上级") : t("连线");
    return [
      {
        title: t("节点"),
        columns: [t("名称"), t("种类"), t("层级"), t("说明"), joined],
        length: listed.length,
        row: (index) => {
          const node = listed[index];
          const parent = nodes.parent[node] ?? -1;
          const last = data.mode === "tree" ? (parent < 0 ? "" : nodes.label[parent]) : String(joinedTo.get(node) ?? 0);
          return [name(node), graph.kind(node)[1], this.page.levels[nodes.level[node]]?.[1] ?? "", nodes.note[node] ?? "", last];
        },
      },
      ...(data.mode === "tree"
        ? []
        : [
            {
              title: t("连线"),
              columns: [t("起点"), t("关系"), t("终点"), t("次数"), t("原文")],
              length: edges.length,
              row: (index: number) => {
                const edge = edges[index];
                return [name(graph.source[edge]), graph.relationOf(edge)[1], name(graph.target[edge]), String(graph.weight(edge)), { text: t("看原文"), press: () => this.select({ edge }) }];
              },
            },
          ]),
    ];
  }

  picture(): Picture {
    const { graph, data, page } = this;
    const box = graph.bounds();
    const margins = { left: data.bands.length ? 56 : 40, top: data.bands.length ? 0 : 30, right: data.mode === "dots" ? 120 : 40, bottom: data.bands.length ? 0 : 30 };
    if (data.mode === "dots") margins.left = 120;
    const [w, h] = [box.right - box.left, box.bottom - box.top];
    const scale = Math.min(data.mode === "dots" ? Math.max(1, 900 / Math.max(w, h)) : 1, 7000 / Math.max(w, h));
    const [width, height] = [w * scale + margins.left + margins.right, h * scale + margins.top + margins.bottom];
    const camera = fitting(box, width, height, margins);
    const used = new Set(Array.from(graph.relation).filter((_, edge) => !graph.hiddenEdge[edge]));
    const seen = new Set(data.nodes.kind.filter((_, node) => !graph.hidden[node]));
    return {
      title: page.sheets.length > 1 && !page.title.includes(this.title) ? `${page.title} · ${this.title}` : page.title,
      subtitle: graph.focus === undefined ? page.subtitle : t("只看相关：{}", data.nodes.label[graph.focus]),
      width,
      height,
      kinds: data.kinds.filter((_, index) => seen.has(index)),
      relations: data.mode === "tree" ? [] : data.relations.filter((_, index) => used.has(index)),
      draw: (painter, theme) => {
        const frame = { graph, routes: new Routes(graph), camera, theme, width, height };
        drawBands(painter, frame);
        for (const _ of drawGraph(painter, frame)) continue;
        drawBandTitles(painter, frame);
      },
    };
  }

  changed(): void {
    this.graph.refresh();
    this.stage.changed();
    if (!this.stage.selection) this.summary();
  }

  resize(): void {
    this.stage.resize();
  }

  fit(): void {
    this.stage.fit();
  }

  zoom(factor: number): void {
    this.stage.zoom(factor);
  }

  press(event: KeyboardEvent): boolean {
    const step = event.shiftKey ? 200 : 60;
    const moves: Record<string, [number, number]> = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    const move = moves[event.key];
    if (move) {
      this.stage.pan(...move);
      return true;
    }
    if (event.key === "n" || event.key === "p") {
      this.walk(event.key === "n" ? 1 : -1);
      return true;
    }
    const picked = this.stage.selection;
    if ((event.key === "Enter" || event.key === " ") && picked && "node" in picked && this.data.mode === "tree") {
      if (this.graph.children[picked.node].length) this.stage.toggle(picked.node);
      return true;
    }
    if (event.key === "f" && this.data.bands.length) {
      this.narrow(picked && "node" in picked ? picked.node : undefined);
      return true;
    }
    if ((event.key === "Enter" || event.key === " ") && picked && "node" in picked && this.graph.isGroup(picked.node)) {
      this.toggle(picked.node);
      return true;
    }
    return false;
  }

  /** Selects the next node in the order of the data. */
  private walk(by: number): void {
    const { graph, stage } = this;
    const shown = [...Array(graph.size).keys()].filter((node) => !graph.hidden[node]);
    if (!shown.length) return;
    const at = stage.selection && "node" in stage.selection ? shown.indexOf(stage.selection.node) : by > 0 ? -1 : 0;
    this.select({ node: shown[(at + by + shown.length) % shown.length] });
  }

  clear(): void {
    if (!this.stage.selection && this.graph.focus !== undefined) this.narrow(undefined);
    else this.select(undefined);
  }

  place(): Place {
    const { filters } = this.graph;
    const { data, page } = this;
    const hide = [
      ...[...filters.kinds].map((index) => `kind:${data.kinds[index][0]}`),
      ...[...filters.levels].map((index) => `level:${page.levels[index][0]}`),
      ...[...filters.relations].map((index) => `relation:${data.relations[index][0]}`),
    ];
    const { focus, opened } = this.graph;
    const place: Place = { hide };
    if (focus !== undefined) place.only = data.nodes.id[focus];
    if (opened.size) place.open = [...opened].map((group) => data.nodes.id[group]);
    const pick = this.stage.selection;
    if (pick && "node" in pick) place.node = data.nodes.id[pick.node];
    else if (pick) place.edge = this.graph.edgeKey(pick.edge);
    return place;
  }

  restore(place: Place): void {
    const { graph, data, page } = this;
    for (const [filter, group, rows] of [
      [graph.filters.kinds, "kind", data.kinds],
      [graph.filters.levels, "level", page.levels],
      [graph.filters.relations, "relation", data.relations],
    ] as const) {
      filter.clear();
      rows.forEach((row, index) => {
        if (place.hide.includes(`${group}:${row[0]}`)) filter.add(index);
      });
    }
    const named = (id: string): number => data.nodes.id.indexOf(id);
    graph.opened.clear();
    for (const group of (place.open ?? []).map(named)) if (group >= 0 && graph.isGroup(group)) graph.opened.add(group);
    const only = place.only === undefined ? -1 : named(place.only);
    graph.narrow(only < 0 ? undefined : only);
    this.showNarrowed();
    this.stage.rearranged();
    const node = place.node === undefined ? -1 : data.nodes.id.indexOf(place.node);
    if (node >= 0) return this.select({ node });
    const edges = place.edge === undefined ? [] : Array.from(graph.hiddenEdge.keys());
    const edge = edges.find((found) => graph.edgeKey(found) === place.edge);
    this.select(edge === undefined ? undefined : { edge });
  }

  state(): Record<string, unknown> {
    const { graph, stage } = this;
    const texts: { text: string; x: number; y: number; size: number; align: string }[] = [];
    return {
      ...graph.shown(),
      camera: stage.camera,
      drawnScale: stage.drawnScale,
      selection: this.place(),
      where: (id: string) => {
        const node = this.data.nodes.id.indexOf(id);
        return [graph.x[node] * stage.camera.scale + stage.camera.x, graph.y[node] * stage.camera.scale + stage.camera.y];
      },
      reach: (key: string) => stage.reach(Array.from(graph.hiddenEdge.keys()).findIndex((edge) => graph.edgeKey(edge) === key)),
      edgeKeys: () => Array.from(graph.hiddenEdge.keys()).map((edge) => graph.edgeKey(edge)),
      ways: () => {
        const { routes } = stage.frame();
        const shown = Array.from(graph.hiddenEdge.keys()).filter((edge) => !graph.hiddenEdge[edge]);
        return shown.map((edge) => ({
          ends: [this.data.nodes.id[graph.source[edge]], this.data.nodes.id[graph.target[edge]]],
          points: Array.from({ length: 301 }, (_, index) => routes.at(edge, index / 300)),
        }));
      },
      cards: () =>
        this.data.nodes.id.flatMap((id, node) => {
          const [x, y, w, h] = [graph.x[node], graph.y[node], graph.width[node] / 2, graph.height[node] / 2];
          const level = this.page.levels[this.data.nodes.level[node]]?.[0] ?? "";
          return graph.hidden[node] ? [] : [{ id, level, left: x - w, top: y - h, right: x + w, bottom: y + h }];
        }),
      bands: () => graph.bands,
      groups: () => this.data.nodes.id.filter((_, node) => graph.isGroup(node) && !graph.hidden[node]),
      pan: (dx: number, dy: number) => stage.pan(dx, dy),
      texts: () => {
        texts.length = 0;
        const painter: Painter = {
          path: () => new Path2D(),
          stroke: () => undefined,
          fill: () => undefined,
          text: (text, x, y, style) => texts.push({ text, x, y, size: style.size, align: style.align ?? "left" }),
        };
        for (const _ of drawGraph(painter, stage.frame())) continue;
        return texts;
      },
    };
  }
}

function tally(values: number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
