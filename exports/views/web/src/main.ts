// Puts the page together: header, legend, sheets, side panel; the keys; saving and printing.

import { Details, readPage } from "./data";
import { button, el, iconButton } from "./dom";
import { GraphSheet } from "./graphsheet";
import { readHash, writeHash } from "./hash";
import { legend } from "./legend";
import { Panel } from "./panel";
import { PlotSheet } from "./plotsheet";
import { download, toCanvas, toSvg } from "./save";
import { searchBox } from "./search";
import type { Host, Sheet } from "./sheet";
import { tables } from "./table";
import { apply, onTheme, switchTheme, theme, themeOf } from "./theme";
import { t } from "./words";

const ICONS = {
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  larger: "M12 5v14M5 12h14",
  smaller: "M5 12h14",
  theme: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  table: "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14",
  help: "M9.2 9a2.9 2.9 0 1 1 4.2 2.6c-.9.5-1.4 1-1.4 2.1M12 17.4v.1",
};

const KEYS: [string, string][] = [
  [t("拖动、方向键"), t("平移")],
  [t("滚轮、+ −"), t("缩放")],
  ["0", t("全图")],
  ["/", t("搜索")],
  ["N　P", t("下一个、上一个节点")],
  ["Enter", t("展开或收起分支")],
  ["F", t("只看所选的与它相关的")],
  ["T", t("以表格显示")],
  ["Esc", t("取消选择")],
];

const MOST_HITS = 80; // of all sheets

const page = readPage();
const details = new Details();
const panel = new Panel(details, page.levels);
const tip = el("div", { class: "tip", attributes: { "aria-hidden": "true" } });
const live = el("div", { class: "live", attributes: { "aria-live": "polite" } });
const area = el("section", { class: "area", attributes: { "aria-label": t("图") } });
const filters = el("div", { class: "filters" });
let tableOpen = false;

const host: Host = {
  tip(text, x, y) {
    tip.hidden = !text;
    if (!text) return;
    tip.textContent = text;
    const { clientWidth, clientHeight } = area;
    tip.style.left = `${Math.max(4, Math.min(x + 14, clientWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${y + 18 + tip.offsetHeight > clientHeight ? Math.max(4, y - tip.offsetHeight - 10) : y + 18}px`;
  },
  update() {
    writeHash({ ...sheet.place(), ...(sheets.length > 1 ? { sheet: sheet.key } : {}) });
  },
  say(text) {
    live.textContent = text;
  },
};

const sheets: Sheet[] = page.sheets.map((data) =>
  data.mode === "plot" ? new PlotSheet(data, page, panel, host) : new GraphSheet(data, page, panel, host, details),
);
let sheet = sheets[0];

function fillFilters(): void {
  filters.replaceChildren(
    legend(sheet.groups(), () => {
      sheet.changed();
      host.update();
      const focused = document.activeElement?.getAttribute("data-entry");
      fillFilters();
      if (focused) filters.querySelector<HTMLElement>(`[data-entry="${CSS.escape(focused)}"]`)?.focus();
      if (tableOpen) showTable(true);
    }),
  );
}

function showTable(open: boolean): void {
  tableOpen = open;
  tableButton.setAttribute("aria-pressed", String(open));
  area.querySelector(".tables")?.remove();
  sheet.element.hidden = open;
  if (open) area.append(tables(sheet.tables()));
  else sheet.resize();
}

function switchTo(next: Sheet): void {
  sheet = next;
  area.replaceChildren(sheet.element, tip);
  if (sheet.tables().every((each) => !each.length)) {
    area.append(el("p", { class: "empty", text: t("所选规划中没有读出可画的内容。"), attributes: { role: "status" } }));
  }
  fillFilters();
  for (const each of zoomButtons) each.hidden = !sheet.zooms;
  showTable(tableOpen);
  for (const tab of tabs.querySelectorAll("[role=tab]")) tab.setAttribute("aria-selected", String(tab.getAttribute("data-sheet") === sheet.key));
  const chosen = tabs.querySelector("select");
  if (chosen) chosen.value = sheet.key;
}

function choose(next: Sheet): void {
  switchTo(next);
  sheet.clear();
}

const tabs = el("nav", { class: "tabs", attributes: { "aria-label": t("图表") } });
if (sheets.length > 6) {
  const select = el("select", { attributes: { "aria-label": t("选择规划") } });
  for (const each of sheets) select.append(el("option", { text: each.title, attributes: { value: each.key } }));
  select.addEventListener("change", () => choose(sheets.find((each) => each.key === select.value)!));
  tabs.append(select);
} else if (sheets.length > 1) {
  const list = el("div", { class: "list", attributes: { role: "tablist" } });
  tabs.append(list);
  for (const each of sheets) {
    list.append(el("button", { text: each.title, attributes: { type: "button", role: "tab", "data-sheet": each.key, title: each.title }, on: { click: () => choose(each) } }));
  }
} else tabs.hidden = true;

const name = (extension: string): string => `${sheet.picture().title.replace(/[\\/:*?"<>|\s]+/g, " ").slice(0, 80)}.${extension}`;

function savePng(): void {
  toCanvas(sheet.picture(), theme()).toBlob((blob) => blob && download(blob, name("png")), "image/png");
}

function saveSvg(): void {
  download(new Blob([toSvg(sheet.picture(), theme())], { type: "image/svg+xml" }), name("svg"));
}

const tableButton = iconButton(ICONS.table, t("以表格显示（T）"), () => showTable(!tableOpen));
const zoomButtons = [
  iconButton(ICONS.smaller, t("缩小（−）"), () => sheet.zoom(1 / 1.4)),
  iconButton(ICONS.larger, t("放大（+）"), () => sheet.zoom(1.4)),
  iconButton(ICONS.fit, t("全图（0）"), () => sheet.fit()),
];
const help = el(
  "dialog",
  { class: "help" },
  el("h2", { text: t("操作") }),
  el("dl", {}, ...KEYS.flatMap(([key, does]) => [el("dt", { text: key }), el("dd", { text: does })])),
  el("form", { attributes: { method: "dialog" } }, el("button", { class: "tool", text: t("关闭") })),
);

const search = searchBox((query) => {
  const others = sheets.filter((each) => each !== sheet).flatMap((each) =>
    each.search(query).map((hit) => ({
      ...hit,
      note: `${hit.note} · ${each.title}`,
      choose: () => {
        switchTo(each);
        hit.choose();
      },
    })),
  );
  return [...sheet.search(query), ...others].slice(0, MOST_HITS);
}, () => details.ready());
document.getElementById("app")!.append(
  el(
    "header",
    {},
    el("div", { class: "heading" }, el("h1", { text: page.title }), el("p", { text: page.subtitle })),
    search,
    el(
      "div",
      { class: "tools", attributes: { role: "toolbar", "aria-label": t("工具") } },
      ...zoomButtons,
      tableButton,
      iconButton(ICONS.theme, t("明暗"), switchTheme),
      iconButton(ICONS.help, t("操作"), () => help.showModal()),
      button("PNG", t("存为 PNG 图片"), savePng),
      button("SVG", t("存为 SVG 图片"), saveSvg),
    ),
  ),
  tabs,
  filters,
  el("main", {}, area, panel.element),
  live,
  help,
);

document.addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || target.matches("input, select, textarea") || help.open) return;
  const acts: Record<string, () => void> = {
    "/": () => search.querySelector("input")!.focus(),
    "+": () => sheet.zoom(1.25),
    "=": () => sheet.zoom(1.25),
    "-": () => sheet.zoom(0.8),
    "0": () => sheet.fit(),
    Escape: () => sheet.clear(),
    t: () => showTable(!tableOpen),
  };
  const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const onButton = target.matches("button, rect") && (event.key === "Enter" || event.key === " ");
  if (act) act();
  else if (onButton || tableOpen || target.closest(".panel, .legend, .tabs") || !sheet.press(event)) return;
  event.preventDefault();
});

let printed: HTMLElement | undefined;
window.addEventListener("beforeprint", () => {
  const parsed = new DOMParser().parseFromString(toSvg(sheet.picture(), themeOf("light")), "image/svg+xml").documentElement;
  parsed.removeAttribute("width");
  parsed.removeAttribute("height");
  printed = el("div", { class: "print" }, document.importNode(parsed, true));
  document.body.append(printed);
});
window.addEventListener("afterprint", () => printed?.remove());

function restore(): void {
  const place = readHash();
  const wanted = sheets.find((each) => each.key === place.sheet) ?? sheets[0];
  if (wanted !== sheet || !area.firstChild) switchTo(wanted);
  sheet.restore(place);
  fillFilters();
}

apply();
tip.hidden = true;
restore();
window.addEventListener("hashchange", restore);
onTheme(() => {
  fillFilters();
  sheet.changed();
  sheet.restore(readHash());
});
new ResizeObserver(() => !tableOpen && sheet.resize()).observe(area);

/** For tests, and for pages that embed this one. */
Object.assign(window, {
  kgView: {
    state: () => ({ sheet: sheet.key, ...sheet.state() }),
    svg: () => toSvg(sheet.picture(), theme()),
  },
});
