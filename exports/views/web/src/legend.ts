// The legend is the filter: each entry is a button that hides and shows what it names.

import { el } from "./dom";
import { t } from "./words";

export interface Entry {
  group: string; // its name in the URL hash
  key: string;
  title: string;
  count: number;
  swatch: () => SVGElement | undefined;
  hidden: () => boolean;
  toggle: () => void;
}

export function legend(groups: [title: string, entries: Entry[]][], changed: () => void): HTMLElement {
  const bar = el("div", { class: "legend", attributes: { role: "region", "aria-label": t("图例与筛选") } });
  for (const [title, entries] of groups) {
    if (!entries.length) continue;
    const group = el("div", { class: "group", attributes: { role: "group", "aria-label": title } }, el("span", { class: "name", text: title }));
    for (const entry of entries) {
      const made = el("button", {
        class: "entry",
        attributes: {
          type: "button",
          "aria-pressed": String(!entry.hidden()),
          title: t("{}：{}。点击隐藏或显示", entry.title, entry.count),
          "data-entry": `${entry.group}:${entry.key}`,
        },
        on: {
          click: () => {
            entry.toggle();
            changed();
          },
        },
      });
      const swatch = entry.swatch();
      if (swatch) made.append(swatch);
      made.append(el("span", { text: entry.title }), el("span", { class: "count", text: String(entry.count) }));
      group.append(made);
    }
    bar.append(group);
  }
  return bar;
}
