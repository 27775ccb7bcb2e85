"use strict";
// A click on a marked stretch shows its facts; filters hide kinds; #c1234-1250 selects these characters.
(() => {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const english = JSON.parse(document.getElementById("words").textContent);
  const t = (text, ...values) => (english[text] || text).replace(/\{\}/g, () => values.shift());
  const kinds = JSON.parse(document.getElementById("kinds").textContent);
  const main = document.getElementById("text");
  const panel = document.getElementById("panel");
  const spans = [...main.querySelectorAll("[data-s]")];
  const starts = spans.map((span) => Number(span.dataset.s));

  function element(name, text, more = {}) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return Object.assign(made, more);
  }

  /** The number of the span that holds the offset. */
  function spanAt(offset) {
    let low = 0, high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The text node and the place in it of an offset, which counts characters, not UTF-16 units. */
  function place(offset) {
    const at = spanAt(offset);
    const node = document.createTreeWalker(spans[at], NodeFilter.SHOW_TEXT).nextNode();
    if (!node) return null;
    const before = [...node.data].slice(0, Math.max(0, offset - starts[at])).join("");
    return [node, Math.min(before.length, node.data.length)];
  }

  function select(start, end) {
    const first = place(start), last = place(Math.max(start, end - 1));
    if (!first || !last) return;
    const range = document.createRange();
    range.setStart(...first);
    range.setEnd(last[0], Math.min(last[0].data.length, last[1] + ([...last[0].data.slice(last[1])][0] || "").length));
    spans[spanAt(start)].scrollIntoView({ block: "center" });
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function goToHash() {
    const found = /^#c(\d{1,12})(?:-(\d{1,12}))?$/.exec(location.hash);
    if (!found) return;
    const start = Number(found[1]), end = found[2] ? Number(found[2]) : start + 1;
    select(start, end);
    const exact = facts.findIndex((fact) => fact[2] === start && fact[3] === end && visible(fact));
    if (exact >= 0) show([exact]);
  }

  function visible(fact) {
    return !document.body.classList.contains("off-" + fact[0]);
  }

  function show(numbers) {
    panel.replaceChildren(element("button", "×", { ariaLabel: t("关闭"), onclick: () => { panel.hidden = true; } }));
    for (const number of numbers) {
      const [kind, label, start, end, page, fields, links] = facts[number];
      const head = element("h2", `${kinds[kind]} · ${label}`);
      const table = element("table");
      const row = (name, value) => {
        const line = table.insertRow();
        line.insertCell().textContent = name;
        const cell = line.insertCell();
        cell.append(value);
      };
      row(t("位置"), element("a", t("字符 {}–{}", start, end) + (page ? ` · ${t("第 {} 页", page)}` : ""), { href: `#c${start}-${end}` }));
      for (const [name, value] of fields) row(name, value);
      for (const [title, from, to] of links) row(t("关联"), element("a", title, { href: `#c${from}-${to}` }));
      panel.append(head, table);
    }
    panel.hidden = false;
  }

  function open(target) {
    const span = target.closest("[data-f]");
    if (!span) return;
    const numbers = span.dataset.f.split(" ").map(Number).filter((number) => visible(facts[number]));
    numbers.sort((a, b) => facts[a][3] - facts[a][2] - (facts[b][3] - facts[b][2]));
    if (!numbers.length) return;
    for (const chosen of main.querySelectorAll(".chosen")) chosen.classList.remove("chosen");
    span.classList.add("chosen");
    show(numbers);
  }

  let pressed = null; // where; a drag selects text and opens nothing
  main.addEventListener("pointerdown", (event) => { pressed = [event.clientX, event.clientY]; });
  main.addEventListener("click", (event) => {
    if (!pressed || Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) < 5) open(event.target);
  });
  document.getElementById("filters").addEventListener("change", (event) => {
    document.body.classList.toggle("off-" + event.target.value, !event.target.checked);
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") panel.hidden = true; });
  addEventListener("hashchange", goToHash);
  goToHash();
})();
