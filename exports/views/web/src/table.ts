// The same data as tables, for screen readers, spreadsheets and search: a page of rows at a time, sorted by a click on a
// heading, narrowed by words, copied or saved with all rows that are left.

import { button, el } from "./dom";
import { download } from "./save";
import { t } from "./words";

type Cell = string | { text: string; press: () => void };

export interface TableData {
  title: string;
  columns: string[];
  length: number;
  row(index: number): Cell[];
}

const ROWS = 200;
const WAIT = 150; // ms after the last key before rows are looked through
const NUMBER = /^[-−]?[\d,，]+(\.\d+)?/;

export function tables(all: TableData[]): HTMLElement {
  return el("div", { class: "tables", attributes: { tabindex: "0" } }, ...all.map(pager));
}

const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.text);

/** Numbers by value and before words; empty cells come last in either direction. */
function compare(a: string, b: string, down: number): number {
  if (!a || !b) return Number(!a) - Number(!b);
  const [x, y] = [a, b].map((text) => (NUMBER.test(text) ? parseFloat(text.replace(/[,，]/g, "").replace("−", "-")) : NaN)) as [number, number];
  if (Number.isNaN(x) !== Number.isNaN(y)) return down * (Number(Number.isNaN(x)) - Number(Number.isNaN(y)));
  return down * (x - y || a.localeCompare(b, "zh"));
}

/** A cell that a spreadsheet must not take for a formula, in quotes where CSV needs them. */
function csvCell(text: string): string {
  const plain = /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(plain) ? `"${plain.replace(/"/g, '""')}"` : plain;
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages that are opened from a disk have no clipboard in some browsers.
    const area = el("textarea", { attributes: { "aria-hidden": "true" } });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

function pager(data: TableData): HTMLElement {
  const body = el("tbody");
  const where = el("span", { attributes: { "aria-live": "polite" } });
  let order = Array.from({ length: data.length }, (_, index) => index);
  let first = 0;
  let sorted: { column: number; down: number } | undefined;
  const show = (from: number): void => {
    first = from;
    const last = Math.min(order.length, from + ROWS);
    const rows: Node[] = [];
    for (const index of order.slice(from, last)) {
      rows.push(
        el(
          "tr",
          {},
          ...data.row(index).map((cell) =>
            typeof cell === "string"
              ? el("td", { text: cell })
              : el("td", {}, el("button", { text: cell.text, attributes: { type: "button" }, on: { click: cell.press } })),
          ),
        ),
      );
    }
    body.replaceChildren(...rows);
    where.textContent = order.length ? t("{}–{}，共 {}", from + 1, last, order.length) : t("无");
    turns.hidden = order.length <= ROWS;
  };
  const step = (by: number): void => {
    const next = first + by * ROWS;
    if (next >= 0 && next < order.length) show(next);
  };

  const find = el("input", {
    attributes: { type: "search", placeholder: t("在表中筛选"), "aria-label": `${t("在表中筛选")} ${data.title}` },
  });
  const arrange = (): void => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const texts = words.length || sorted ? Array.from({ length: data.length }, (_, index) => data.row(index).map(textOf)) : [];
    order = Array.from({ length: data.length }, (_, index) => index);
    if (words.length) {
      order = order.filter((index) => {
        const line = texts[index]!.join("\n").toLowerCase();
        return words.every((word) => line.includes(word));
      });
    }
    if (sorted) {
      const { column, down } = sorted;
      order.sort((a, b) => compare(texts[a]![column] ?? "", texts[b]![column] ?? "", down) || a - b);
    }
    show(0);
  };
  let waiting = 0;
  find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(arrange, WAIT);
  });

  const heads = data.columns.map((name, column) =>
    el(
      "th",
      { attributes: { scope: "col" } },
      el("button", {
        text: name,
        attributes: { type: "button" },
        on: {
          click: () => {
            const down = sorted?.column === column ? -sorted.down : 1;
            sorted = { column, down };
            heads.forEach((head, at) => (at === column ? head.setAttribute("aria-sort", down > 0 ? "ascending" : "descending") : head.removeAttribute("aria-sort")));
            arrange();
          },
        },
      }),
    ),
  );
  const lines = (): string[][] => [data.columns, ...order.map((index) => data.row(index).map(textOf))];
  const tools = el(
    "p",
    { class: "tabletools" },
    find,
    button(t("复制"), t("复制表中各行，可粘贴到电子表格"), () => {
      void copy(lines().map((line) => line.map((cell) => cell.replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n")).then(() => {
        where.textContent = t("已复制 {} 行", order.length);
      });
    }),
    button("CSV", t("保存为 CSV"), () => {
      // The mark at the start tells Excel that the file is UTF-8.
      const text = "\ufeff" + lines().map((line) => line.map(csvCell).join(",") + "\r\n").join("");
      download(new Blob([text], { type: "text/csv" }), `${data.title}.csv`);
    }),
  );
  const table = el("table", {}, el("caption", { text: data.title }), el("thead", {}, el("tr", {}, ...heads)), body);
  const turn = (text: string, by: number): HTMLElement => button(text, text, () => step(by));
  const turns = el("span", {}, turn(t("上一页"), -1), turn(t("下一页"), 1));
  show(0);
  return el("section", {}, tools, table, el("p", { class: "pager" }, where, turns));
}
