// The side panel: what is selected, with the text that proves it; a summary while nothing is.

import type { Details, Item, Quote } from "./data";
import { el } from "./dom";
import type { Graph } from "./graph";
import { drawKind, drawRelation, sample, SWATCH } from "./swatch";
import { theme } from "./theme";
import { t } from "./words";

const MOST = 40; // neighbours listed at first

export interface Actions {
  node(node: number): void;
  edge(edge: number): void;
  close(): void;
  toggle(node: number): void;
  narrow(node: number): void;
}

export class Panel {
  readonly element = el("aside", { class: "panel", attributes: { "aria-label": t("详情") } });
  private turn = 0;

  constructor(
    private readonly details: Details,
    private readonly levels: [string, string][],
  ) {}

  private show(open: boolean, ...children: Node[]): void {
    this.element.classList.toggle("open", open);
    this.element.replaceChildren(...children);
    this.element.scrollTop = 0;
  }

  private head(actions: Actions, title: string, chips: Node[]): HTMLElement {
    const close = el("button", { class: "close", text: "×", attributes: { type: "button", "aria-label": t("关闭"), title: t("关闭（Esc）") }, on: { click: () => actions.close() } });
    return el("div", { class: "head" }, el("div", { class: "chips" }, ...chips, close), el("h2", { text: title }));
  }

  summary(lines: [string, string][], hint: string, rankings: [title: string, items: [label: string, count: number, press: () => void][]][], buttons: [text: string, press: () => void][] = []): void {
    this.turn++;
    const children: Node[] = [
      el("div", { class: "numbers" }, ...lines.map(([name, value]) => el("div", {}, el("b", { text: value }), el("span", { text: name })))),
      el("p", { class: "hint", text: hint }),
      ...acts(buttons),
    ];
    for (const [title, items] of rankings) {
      if (!items.length) continue;
      const most = Math.max(...items.map(([, count]) => count));
      const list = el("ol", { class: "ranking" });
      for (const [label, count, press] of items) {
        const bar = el("i");
        bar.style.width = `${(100 * count) / most}%`;
        list.append(
          el("li", {}, el("button", { attributes: { type: "button" }, on: { click: press } }, el("span", { text: label }), el("b", { text: String(count) }), bar)),
        );
      }
      children.push(el("h2", { class: "group", text: title }), list);
    }
    this.show(false, ...children);
  }

  async node(graph: Graph, node: number, actions: Actions): Promise<void> {
    const turn = ++this.turn;
    const { nodes } = graph.data;
    const item = await this.details.item(nodes.item[node]);
    if (turn !== this.turn) return;
    const kind = graph.kind(node);
    const level = this.levels[nodes.level[node]];
    const chips: Node[] = [
      el("span", { class: "chip" }, sample(SWATCH.kind, (painter) => drawKind(painter, theme(), kind, 0, 7)), kind[1]),
      ...(level && level[0] ? [el("span", { class: "chip", text: level[1] })] : []),
    ];
    this.show(
      true,
      this.head(actions, nodes.label[node], chips),
      ...this.groupActs(graph, node, actions),
      ...this.properties(item),
      ...this.quotes(item.quotes),
      ...this.members(graph, node, actions),
      ...this.neighbours(graph, node, actions),
    );
  }

  async edge(graph: Graph, edge: number, actions: Actions): Promise<void> {
    const turn = ++this.turn;
    const item = await this.details.item(graph.data.edges.item[edge] ?? -1);
    if (turn !== this.turn) return;
    const relation = graph.relationOf(edge);
    const { label } = graph.data.nodes;
    const chip = el("span", { class: "chip" }, sample(SWATCH.relation, (painter) => drawRelation(painter, theme(), relation, 0, 7)), relation[1]);
    const weight = graph.weight(edge);
    const end = (node: number): HTMLElement => el("button", { class: "end", text: label[node], attributes: { type: "button" }, on: { click: () => actions.node(node) } });
    const head = this.head(actions, "", [chip, ...(weight > 1 ? [el("span", { class: "chip", text: t("{} 处", weight) })] : [])]);
    head.querySelector("h2")!.replaceWith(
      el("div", { class: "ends" }, end(graph.source[edge]), el("span", { class: "arrow", text: `↓ ${relation[1]}` }), end(graph.target[edge])),
    );
    this.show(true, head, ...this.quotes(item.quotes));
  }

  async row(title: string, chips: string[], number: number, actions: Actions): Promise<void> {
    const turn = ++this.turn;
    const item = await this.details.item(number);
    if (turn !== this.turn) return;
    this.show(
      true,
      this.head(actions, title, chips.map((text) => el("span", { class: "chip", text }))),
      ...this.properties(item),
      ...this.quotes(item.quotes),
    );
  }

  private groupActs(graph: Graph, node: number, actions: Actions): Node[] {
    if (!graph.data.bands.length) return [];
    const group = graph.data.nodes.group[node] ?? -1;
    const made: [string, () => void][] = [];
    if (graph.isGroup(node)) made.push([t("展开"), () => actions.toggle(node)]);
    else if (group >= 0 && graph.focus === undefined) made.push([t("收起到一组"), () => actions.toggle(node)]);
    if (graph.focus !== node) made.push([t("只看相关"), () => actions.narrow(node)]);
    return acts(made);
  }

  /** What a group stands for, a list a kind. */
  private members(graph: Graph, node: number, actions: Actions): Node[] {
    const { nodes, kinds } = graph.data;
    return kinds.flatMap((kind, index) => {
      const found = graph.members[node].filter((member) => nodes.kind[member] === index);
      if (!found.length) return [];
      const list = el("ul", { class: "links" });
      for (const member of found)
        list.append(el("li", {}, el("button", { text: nodes.label[member], attributes: { type: "button" }, on: { click: () => actions.node(member) } })));
      return [el("h3", { text: `${kind[1]} ${found.length}` }), list];
    });
  }

  private properties(item: Item): Node[] {
    if (!item.properties.length) return [];
    const list = el("dl");
    for (const [name, value, href] of item.properties)
      list.append(el("dt", { text: name }), href ? el("dd", {}, el("a", { text: value, attributes: { href, target: "text" } })) : el("dd", { text: value }));
    return [list];
  }

  private quotes(quotes: Quote[]): Node[] {
    if (!quotes.length) return [];
    const title = el("h3", { text: quotes.length > 1 ? t("原文（{} 处）", quotes.length) : t("原文") });
    return [title, ...quotes.slice(0, 200).map((quote) => figure(quote))];
  }

  private neighbours(graph: Graph, node: number, actions: Actions): Node[] {
    const groups = new Map<string, number[]>();
    for (const edge of graph.edgesOf(node)) {
      const key = `${graph.relation[edge]} ${graph.source[edge] === node ? "→" : "←"}`;
      groups.set(key, [...(groups.get(key) ?? []), edge]);
    }
    const result: Node[] = [];
    for (const [key, edges] of groups) {
      const relation = graph.relationOf(edges[0]);
      edges.sort((a, b) => graph.weight(b) - graph.weight(a));
      result.push(
        el("h3", {}, sample(SWATCH.relation, (painter) => drawRelation(painter, theme(), relation, 0, 7)), `${relation[1]} ${key.slice(-1)} ${edges.length}`),
      );
      const list = el("ul", { class: "links" });
      const add = (from: number, to: number): void => {
        for (const edge of edges.slice(from, to)) list.append(link(graph, node, edge, actions));
      };
      add(0, MOST);
      if (edges.length > MOST) {
        const more = el("button", { class: "more", text: t("其余 {} 个", edges.length - MOST), attributes: { type: "button" } });
        more.addEventListener("click", () => {
          more.remove();
          add(MOST, edges.length);
        });
        result.push(list, more);
      } else result.push(list);
    }
    return result;
  }
}

function acts(buttons: [text: string, press: () => void][]): Node[] {
  if (!buttons.length) return [];
  return [
    el("div", { class: "acts" }, ...buttons.map(([text, press]) => el("button", { class: "act", text, attributes: { type: "button" }, on: { click: press } }))),
  ];
}

function link(graph: Graph, node: number, edge: number, actions: Actions): HTMLElement {
  const other = graph.other(edge, node);
  const weight = graph.weight(edge);
  const item = el("li", {}, el("button", { text: graph.data.nodes.label[other], attributes: { type: "button" }, on: { click: () => actions.node(other) } }));
  if ((graph.data.edges.item[edge] ?? -1) >= 0)
    item.append(
      el("button", {
        class: "proof",
        text: weight > 1 ? t("原文 {}", weight) : t("原文"),
        attributes: { type: "button", "aria-label": t("原文：{}", graph.data.nodes.label[other]) },
        on: { click: () => actions.edge(edge) },
      }),
    );
  return item;
}

function figure(quote: Quote): HTMLElement {
  const place = [quote.file];
  if (quote.page !== null) place.push(t("第 {} 页", quote.page));
  if (quote.start !== null) place.push(t("字符 {}–{}", quote.start, quote.end));
  return el(
    "figure",
    {},
    ...(quote.title ? [el("div", { class: "role", text: quote.title })] : []),
    el("blockquote", { text: quote.text }),
    quote.href
      ? el("figcaption", {}, el("a", { text: place.join(" · "), attributes: { href: quote.href, target: "text" } }))
      : el("figcaption", { text: place.join(" · ") }),
  );
}
