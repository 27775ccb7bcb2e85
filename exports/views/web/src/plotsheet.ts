// A sheet with the plot of indicators.

import type { PageData, PlotData, PlotRow } from "./data";
import { el, svg } from "./dom";
import type { Place } from "./hash";
import type { Entry } from "./legend";
import { SvgPainter } from "./painter";
import type { Panel } from "./panel";
import { drawPlot, layoutPlot, matches, printed, rowsOf } from "./plot";
import type { Layout } from "./plot";
import type { Picture } from "./save";
import type { Hit } from "./search";
import { toggling } from "./sheet";
import type { Host, Sheet } from "./sheet";
import { drawKind, sample, SWATCH } from "./swatch";
import type { TableData } from "./table";
import { theme } from "./theme";
import { t } from "./words";

export class PlotSheet implements Sheet {
  readonly key: string;
  readonly title: string;
  readonly element = el("div", { class: "plot", attributes: { tabindex: "0", "aria-label": t("指标图") } });
  private readonly filters = { kinds: new Set<number>(), levels: new Set<number>() };
  readonly zooms = false;
  private layout: Layout = { panels: [], width: 0, height: 0 };
  private selected: PlotRow | undefined;

  constructor(
    private readonly data: PlotData,
    private readonly page: PageData,
    private readonly panel: Panel,
    private readonly host: Host,
  ) {
    this.key = data.key;
    this.title = data.title;
  }

  private readonly shown = (row: PlotRow): boolean => !this.filters.kinds.has(row.kind) && !this.filters.levels.has(row.level);

  private draw(): void {
    const width = this.element.clientWidth;
    if (!width) return;
    this.layout = layoutPlot(this.data, this.shown, width);
    const painter = new SvgPainter();
    drawPlot(painter, theme(), this.data, this.layout);
    const parsed = new DOMParser().parseFromString(painter.document(width, this.layout.height, this.page.title), "image/svg+xml");
    const drawing = document.importNode(parsed.documentElement, true);
    drawing.setAttribute("role", "group"); // it holds buttons, which a picture may not
    for (const { panel, row, x, y, width: w, height: h } of rowsOf(this.layout)) {
      const area = svg("rect", {
        x: String(x + 6),
        y: String(y + 1),
        width: String(w - 12),
        height: String(h - 2),
        rx: "5",
        class: row === this.selected ? "row selected" : "row",
        tabindex: "0",
        role: "button",
        "aria-label": printed(panel, row),
        "data-row": row.id,
      });
      area.addEventListener("pointermove", (event) => {
        const box = this.element.getBoundingClientRect();
        this.host.tip(printed(panel, row), event.clientX - box.left, event.clientY - box.top);
      });
      area.addEventListener("pointerleave", () => this.host.tip(undefined, 0, 0));
      area.addEventListener("click", () => this.select(row));
      area.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          this.select(row);
        }
      });
      drawing.append(area);
    }
    this.element.replaceChildren(drawing);
    this.element.dataset["drawn"] = "true";
    if (!performance.getEntriesByName("kg-first-picture").length) performance.mark("kg-first-picture");
  }

  private select(row: PlotRow | undefined, move = false): void {
    this.selected = row;
    for (const area of this.element.querySelectorAll<SVGElement>("rect.row")) area.classList.toggle("selected", area.dataset["row"] === row?.id);
    this.host.tip(undefined, 0, 0);
    if (!row) this.summary();
    else {
      const panel = this.data.panels.find((found) => found.rows.includes(row))!;
      const chips = [row.label, this.data.kinds[row.kind][1]];
      void this.panel.row(panel.title, chips, row.item, { node: ignore, edge: ignore, toggle: ignore, narrow: ignore, close: () => this.select(undefined) });
      this.host.say(printed(panel, row));
      const place = [...rowsOf(this.layout)].find((found) => found.row === row);
      if (move && place) this.element.scrollTo({ top: Math.max(0, place.y - this.element.clientHeight / 2) });
    }
    this.host.update();
  }

  private summary(): void {
    const rows = this.data.panels.flatMap((panel) => panel.rows).filter(this.shown);
    const shared = this.data.panels
      .map((panel) => ({ panel, rows: panel.rows.filter(this.shown) }))
      .filter(({ rows: found }) => new Set(found.map((row) => row.label)).size > 1);
    this.panel.summary(
      [
        [t("指标"), String(rows.length)],
        [t("概念"), String(this.layout.panels.length)],
      ],
      t("点击一行看原文。空心圆是基期，实心是目标。"),
      [[t("多地共有的指标"), shared.slice(0, 12).map(({ panel, rows: found }) => [panel.title, found.length, () => this.select(found[0], true)])]],
    );
  }

  groups(): [string, Entry[]][] {
    const rows = this.data.panels.flatMap((panel) => panel.rows);
    const count = (test: (row: PlotRow) => boolean): number => rows.filter(test).length;
    const levels = this.page.levels.flatMap(([key, title], index) => {
      const found = count((row) => row.level === index);
      return found ? [toggling(this.filters.levels, index, { group: "level", key, title, count: found, swatch: () => undefined })] : [];
    });
    return [
      [
        t("属性"),
        this.data.kinds.flatMap((row, index) => {
          const found = count((candidate) => candidate.kind === index);
          const swatch = (): SVGElement => sample(SWATCH.kind, (painter) => drawKind(painter, theme(), row, 0, 7));
          return found ? [toggling(this.filters.kinds, index, { group: "kind", key: row[0], title: row[1], count: found, swatch })] : [];
        }),
      ],
      [t("层级"), levels.length > 1 ? levels : []],
    ];
  }

  search(query: string): Hit[] {
    return this.data.panels
      .flatMap((panel) => panel.rows.filter((row) => matches(panel, row, query)).map((row) => ({ panel, row })))
      .slice(0, 50)
      .map(({ panel, row }) => ({
        label: panel.title,
        note: row.label,
        choose: () => {
          this.filters.kinds.delete(row.kind);
          this.filters.levels.delete(row.level);
          this.draw();
          this.select(row, true);
        },
      }));
  }

  tables(): TableData[] {
    const rows = this.data.panels.flatMap((panel) => panel.rows.filter(this.shown).map((row) => ({ panel, row })));
    return [
      {
        title: t("指标"),
        columns: [t("指标概念"), t("地区"), t("规划"), t("单位"), t("属性"), t("基期年"), t("基期"), t("目标年"), t("目标")],
        length: rows.length,
        row: (index) => {
          const { panel, row } = rows[index];
          const { baseline, target } = row;
          return [
            { text: panel.title, press: () => this.select(row) },
            row.label,
            row.plan,
            panel.unit,
            this.data.kinds[row.kind][1],
            String(baseline?.[0] ?? ""),
            baseline?.[1] ?? "",
            String(target?.[0] ?? ""),
            target?.[1] ?? "",
          ];
        },
      },
    ];
  }

  picture(): Picture {
    const layout = layoutPlot(this.data, this.shown, Math.max(900, this.element.clientWidth));
    const used = new Set(layout.panels.flatMap((panel) => panel.rows.map((row) => row.kind)));
    return {
      title: this.page.title,
      subtitle: this.page.subtitle,
      width: layout.width,
      height: layout.height,
      kinds: this.data.kinds.filter((_, index) => used.has(index)),
      relations: [],
      draw: (painter, paint) => drawPlot(painter, paint, this.data, layout),
    };
  }

  changed(): void {
    this.draw();
    if (!this.selected) this.summary();
  }

  resize(): void {
    this.draw();
    if (!this.selected) this.summary();
  }

  fit(): void {
    this.element.scrollTo({ top: 0 });
  }

  zoom(): void {
    return; // the plot is as wide as the window; the browser's own zoom serves
  }

  press(): boolean {
    return false;
  }

  clear(): void {
    this.select(undefined);
  }

  place(): Place {
    const hide = [
      ...[...this.filters.kinds].map((index) => `kind:${this.data.kinds[index][0]}`),
      ...[...this.filters.levels].map((index) => `level:${this.page.levels[index][0]}`),
    ];
    return this.selected ? { hide, node: this.selected.id } : { hide };
  }

  restore(place: Place): void {
    const { filters, data, page } = this;
    filters.kinds.clear();
    filters.levels.clear();
    data.kinds.forEach(([key], index) => place.hide.includes(`kind:${key}`) && filters.kinds.add(index));
    page.levels.forEach(([key], index) => place.hide.includes(`level:${key}`) && filters.levels.add(index));
    this.draw();
    this.select(data.panels.flatMap((panel) => panel.rows).find((row) => row.id === place.node), true);
  }

  state(): Record<string, unknown> {
    return { rows: [...rowsOf(this.layout)].length, panels: this.layout.panels.length, selection: this.place() };
  }
}

const ignore = (): void => undefined; // a plot has no nodes
