// Making elements. Text only ever goes in as text.

export interface Options {
  class?: string;
  text?: string;
  attributes?: Record<string, string>;
  on?: Record<string, (event: Event) => void>;
}

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: Options = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (options.class) element.className = options.class;
  if (options.text !== undefined) element.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {})) element.setAttribute(name, value);
  for (const [name, listener] of Object.entries(options.on ?? {})) element.addEventListener(name, listener);
  element.append(...children);
  return element;
}

export function button(text: string, label: string, press: () => void, className = "tool"): HTMLButtonElement {
  return el("button", {
    class: className,
    text,
    attributes: { type: "button", title: label, "aria-label": label },
    on: { click: press },
  });
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag: string, attributes: Record<string, string>, ...children: Node[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A tool button with a drawn sign instead of text. */
export function iconButton(path: string, label: string, press: () => void): HTMLButtonElement {
  const made = button("", label, press, "tool icon");
  made.append(
    svg(
      "svg",
      { viewBox: "0 0 24 24", width: "18", height: "18", "aria-hidden": "true" },
      svg("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round" }),
    ),
  );
  return made;
}
