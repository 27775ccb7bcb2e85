// The search box. It waits while an input method is composing: pinyin on its way to characters is no query yet.

import { el } from "./dom";
import { t } from "./words";

export interface Hit {
  label: string;
  note: string;
  choose: () => void;
}

/** `ready` unpacks what `find` looks through; the hits are shown anew when it is done. */
export function searchBox(find: (query: string) => Hit[], ready: () => Promise<void>): HTMLElement {
  const list = el("ul", { class: "hits", attributes: { role: "listbox", id: "hits" } });
  list.hidden = true;
  const input = el("input", {
    attributes: {
      type: "search",
      placeholder: t("搜索（按 / 键）"),
      "aria-label": t("搜索"),
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": "hits",
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "search",
    },
  });
  let hits: Hit[] = [];
  let active = -1;
  let composing = false;

  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index: number): void => {
    const hit = hits[index];
    close();
    if (!hit) return;
    input.blur();
    hit.choose();
  };
  const point = (index: number): void => {
    active = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
    list.children[index]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `hit${index}`);
  };
  const update = (): void => {
    if (composing) return;
    const query = input.value.trim();
    hits = query ? find(query) : [];
    list.replaceChildren(
      ...hits.map((hit, index) =>
        el(
          "li",
          {
            attributes: { role: "option", id: `hit${index}`, "aria-selected": "false" },
            on: {
              pointerdown: (event) => event.preventDefault(),
              click: () => choose(index),
            },
          },
          el("span", { text: hit.label }),
          el("span", { class: "soft", text: hit.note }),
        ),
      ),
    );
    if (query && !hits.length) list.append(el("li", { class: "none", text: t("没有找到") }));
    list.hidden = !query;
    input.setAttribute("aria-expanded", String(!list.hidden));
    active = -1;
  };

  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => {
    composing = false;
    update();
  });
  input.addEventListener("input", update);
  input.addEventListener("focus", () => {
    update();
    void ready().then(() => document.activeElement === input && update());
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || composing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (hits.length) point((active + step + hits.length) % hits.length);
    } else if (event.key === "Enter") choose(Math.max(0, active));
    else if (event.key === "Escape") {
      input.value = "";
      input.blur();
    }
    event.stopPropagation();
  });
  return el("div", { class: "search", attributes: { role: "search" } }, input, list);
}
