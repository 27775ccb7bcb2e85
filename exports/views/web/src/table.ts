// The same data as tables, for screen readers and for copying; a page of rows at a time.

import { el } from "./dom";
import { t } from "./words";

export interface TableData {
  title: string;
  columns: string[];
  length: number;
  row(index: number): (string | { text: string; press: () => void })[];
}

const ROWS = 200;

export function tables(all: TableData[]): HTMLElement {
  return el("div", { class: "tables", attributes: { tabindex: "0" } }, ...all.map(pager));
}

function pager(data: TableData): HTMLElement {
  const body = el("tbody");
  const where = el("span", { attributes: { "aria-live": "polite" } });
  let first = 0;
  const show = (from: number): void => {
    first = from;
    const last = Math.min(data.length, from + ROWS);
    const rows: Node[] = [];
    for (let i = from; i < last; i++) {
      rows.push(
        el(
          "tr",
          {},
          ...data.row(i).map((cell) =>
            typeof cell === "string"
              ? el("td", { text: cell })
              : el("td", {}, el("button", { text: cell.text, attributes: { type: "button" }, on: { click: cell.press } })),
          ),
        ),
      );
    }
    body.replaceChildren(...rows);
    where.textContent = data.length ? t("{}–{}，共 {}", from + 1, last, data.length) : t("无");
  };
  const step = (by: number): void => {
    const next = first + by * ROWS;
    if (next >= 0 && next < data.length) show(next);
  };
  const table = el(
    "table",
    {},
    el("caption", { text: data.title }),
    el("thead", {}, el("tr", {}, ...data.columns.map((name) => el("th", { text: name, attributes: { scope: "col" } })))),
    body,
  );
  show(0);
  const turn = (text: string, by: number): HTMLElement => el("button", { class: "tool", text, attributes: { type: "button" }, on: { click: () => step(by) } });
  const foot = el("p", { class: "pager" }, where);
  if (data.length > ROWS) foot.append(turn(t("上一页"), -1), turn(t("下一页"), 1));
  return el("section", {}, table, foot);
}
