// The plot of indicators: a card a concept, a row a region, a line from the baseline to the target.

import type { MarkRow, PlotData, PlotRow } from "./data";
import { addShape } from "./draw";
import { roundRect } from "./painter";
import type { Painter } from "./painter";
import { measure, plain, wrap } from "./text";
import type { Theme } from "./theme";
import { t } from "./words";

export interface PanelPlace {
  title: string;
  unit: string;
  rows: PlotRow[];
  x: number;
  y: number;
  width: number;
  height: number;
  low: number;
  high: number;
  label: number;
  scaled: boolean; // whether there are two values that an axis can tell apart
}

export interface Layout {
  panels: PanelPlace[];
  width: number;
  height: number;
}

export interface RowPlace {
  panel: PanelPlace;
  row: PlotRow;
  x: number;
  y: number;
  width: number;
  height: number;
}

const ROW = 32;
const GAP = 14;
const TOP = 46;
const BOTTOM = 26;
const ENDS = 66; // room for the values beside the marks

/** Cards in as many columns as fit, each below the shortest column so far. */
export function layoutPlot(data: PlotData, shown: (row: PlotRow) => boolean, width: number): Layout {
  const columns = Math.max(1, Math.min(4, Math.floor((width - GAP) / 440)));
  const card = (width - GAP * (columns + 1)) / columns;
  const heights: number[] = Array.from({ length: columns }, () => GAP);
  const panels: PanelPlace[] = [];
  for (const panel of data.panels) {
    const rows = panel.rows.filter(shown);
    if (!rows.length) continue;
    const column = heights.indexOf(Math.min(...heights));
    const values = rows.flatMap((row) => [row.baseline?.[3], row.target?.[3]]).filter((value): value is number => typeof value === "number");
    const scaled = new Set(values).size > 1;
    const height = TOP + rows.length * ROW + (scaled ? BOTTOM : 10);
    const [low, high] = domain(values);
    const label = Math.min(card * 0.36, Math.max(56, ...rows.map((row) => measure(row.label, 12.5))) + 34);
    panels.push({ title: panel.title, unit: panel.unit, rows, x: GAP + column * (card + GAP), y: heights[column], width: card, height, low, high, label, scaled });
    heights[column] += height + GAP;
  }
  return { panels, width, height: Math.max(...heights) };
}

/** The ends of an axis, a round number each: [92.3, 98] -> [92, 98]. */
function domain(values: number[]): [number, number] {
  if (!values.length) return [0, 1];
  let [low, high] = [Math.min(...values), Math.max(...values)];
  if (low === high) high = low + 1;
  const step = 10 ** Math.floor(Math.log10((high - low) / 2));
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
}

export function* rowsOf(layout: Layout): Generator<RowPlace> {
  for (const panel of layout.panels)
    for (let i = 0; i < panel.rows.length; i++)
      yield { panel, row: panel.rows[i], x: panel.x, y: panel.y + TOP + i * ROW, width: panel.width, height: ROW };
}

export function drawPlot(painter: Painter, theme: Theme, data: PlotData, layout: Layout): void {
  for (const panel of layout.panels) drawPanel(painter, theme, panel);
  for (const place of rowsOf(layout)) drawRow(painter, theme, data, place);
}

function drawPanel(painter: Painter, theme: Theme, panel: PanelPlace): void {
  const { x, y, width, height } = panel;
  const card = painter.path();
  roundRect(card, x + 0.5, y + 0.5, width, height, 8);
  painter.fill(card, theme.surface);
  painter.stroke(card, theme.line, 1);
  const years = yearsOf(panel.rows);
  const unit = panel.unit ? `（${panel.unit}）` : "";
  const title = wrap(panel.title + unit, 14, width - 32 - measure(years, 12), 1)[0] ?? "";
  painter.text(title, x + 16, y + 22, { size: 14, colour: theme.text, bold: true });
  painter.text(years, x + width - 16, y + 22, { size: 12, colour: theme.soft, align: "right" });
  if (!panel.scaled) return;
  const [left, right] = [axis(panel, panel.low), axis(panel, panel.high)];
  const foot = y + height - 20;
  for (const at of [left, (left + right) / 2, right]) {
    const line = painter.path();
    line.moveTo(Math.round(at) + 0.5, y + TOP - 4);
    line.lineTo(Math.round(at) + 0.5, foot);
    painter.stroke(line, theme.line, 1, [2, 3]);
  }
  const tick = { size: 10.5, colour: theme.soft, align: "center" as const };
  painter.text(figure(panel.low), left, foot + 8, tick);
  painter.text(figure((panel.low + panel.high) / 2), (left + right) / 2, foot + 8, tick);
  painter.text(figure(panel.high), right, foot + 8, tick);
}

/** The years, where all rows have the same: '2020 → 2025'. */
function yearsOf(rows: PlotRow[]): string {
  const pairs = new Set(rows.map((row) => `${row.baseline?.[0] ?? ""} → ${row.target?.[0] ?? ""}`));
  return pairs.size === 1 ? [...pairs][0].replace(/^ → | → $/, "") : "";
}

const figure = (value: number): string => String(Math.round(value * 1e4) / 1e4);

function axis(panel: PanelPlace, value: number): number {
  const left = panel.x + panel.label + ENDS;
  const right = panel.x + panel.width - ENDS - 12;
  return left + ((value - panel.low) / (panel.high - panel.low || 1)) * (right - left);
}

function drawRow(painter: Painter, theme: Theme, data: PlotData, { panel, row, x, y }: RowPlace): void {
  const middle = y + ROW / 2;
  const [, , colour, shape] = data.kinds[row.kind];
  const paint = theme.colours[colour];
  painter.text(wrap(row.label, 12.5, panel.label - 22, 1)[0] ?? "", x + 16, middle, { size: 12.5, colour: theme.text });
  const from = place(panel, row.baseline);
  const to = place(panel, row.target);
  if (from === undefined && to === undefined) {
    const printed = [row.baseline?.[1], row.target?.[1]].filter(Boolean).join(" → ") || "—";
    painter.text(wrap(printed, 12, panel.width - panel.label - 16, 1)[0], x + panel.label, middle, { size: 12, colour: theme.soft });
    return;
  }
  if (from !== undefined && to !== undefined) {
    const bar = painter.path();
    bar.moveTo(from, middle);
    bar.lineTo(to, middle);
    painter.stroke(bar, paint, 4, [], 0.35);
  }
  const leftwards = from !== undefined && to !== undefined && to < from;
  if (from !== undefined) {
    const dot = painter.path();
    addShape(dot, "circle", from, middle, 4.5);
    painter.fill(dot, theme.surface);
    painter.stroke(dot, theme.soft, 2);
    label(painter, row.baseline!, from, middle, leftwards ? 1 : -1, { size: 11.5, colour: theme.soft });
  }
  if (to !== undefined) {
    const mark = painter.path();
    addShape(mark, shape, to, middle, 6);
    painter.fill(mark, paint);
    label(painter, row.target!, to, middle, leftwards ? -1 : 1, { size: 11.5, colour: theme.text, bold: true });
  } else if (row.target) {
    const rest = wrap(row.target[1], 11.5, panel.x + panel.width - 16 - from! - 18, 1)[0];
    painter.text(rest ?? "", from! + 14, middle, { size: 11.5, colour: theme.text });
  }
  if (from === undefined && row.baseline) {
    const rest = wrap(row.baseline[1], 11.5, to! - 16 - x - panel.label, 1)[0];
    painter.text(rest ?? "", to! - 14, middle, { size: 11.5, colour: theme.soft, align: "right" });
  }
}

function place(panel: PanelPlace, mark: MarkRow | null): number | undefined {
  return mark && mark[3] !== null ? axis(panel, mark[3]) : undefined;
}

const SIGNS: Record<string, string> = { ">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": t("约"), "=": "" };

function label(painter: Painter, mark: MarkRow, x: number, y: number, side: number, style: { size: number; colour: string; bold?: boolean }): void {
  const text = `${SIGNS[mark[2] ?? "="] ?? ""}${figure(mark[3]!)}`;
  painter.text(text, x + side * 10, y, { ...style, align: side > 0 ? "left" : "right" });
}

/** What is said of a row on hovering: the printed text. */
export function printed(panel: { title: string }, row: PlotRow): string {
  const side = (name: string, mark: MarkRow | null): string => `${name}${mark?.[0] ? `（${mark[0]}）` : ""}：${mark ? mark[1] : "—"}`;
  return `${row.label} · ${panel.title}\n${side(t("基期"), row.baseline)}\n${side(t("目标"), row.target)}`;
}

export function matches(panel: { title: string }, row: PlotRow, query: string): boolean {
  return plain(`${panel.title} ${row.label} ${row.plan}`).includes(plain(query));
}
