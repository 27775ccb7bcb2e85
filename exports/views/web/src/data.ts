// What the page was written with: see exports/views/page.py, which makes these.

import { plain } from "./text";
import { t } from "./words";

export type KindRow = [key: string, title: string, colour: string, shape: Shape, width: number, height: number];
export type RelationRow = [key: string, title: string, colour: string, dash: number[]];
export type Shape = "card" | "solid" | "circle" | "square" | "diamond" | "triangle";

export interface GraphData {
  key: string;
  title: string;
  mode: "cards" | "dots" | "tree";
  openDepth: number | null;
  kinds: KindRow[];
  relations: RelationRow[];
  bands: [title: string, level: number][];
  rankings: [title: string, items: [node: number, count: number][]][];
  nodes: {
    id: string[];
    label: string[];
    note: string[];
    kind: number[];
    level: number[];
    x: number[];
    y: number[];
    size: number[];
    parent: number[];
    group: number[]; // the node that is drawn in its place until it is opened
    item: number[];
  };
  edges: { source: number[]; target: number[]; relation: number[]; weight: number[]; item: number[] };
}

export type MarkRow = [year: number | null, text: string, op: string | null, value: number | null];

export interface PlotRow {
  id: string;
  label: string;
  plan: string;
  level: number;
  kind: number;
  baseline: MarkRow | null;
  target: MarkRow | null;
  item: number;
}

export interface PlotData {
  key: string;
  title: string;
  mode: "plot";
  kinds: KindRow[];
  panels: { title: string; unit: string; rows: PlotRow[] }[];
}

export type SheetData = GraphData | PlotData;

export interface PageData {
  view: string;
  title: string;
  subtitle: string;
  levels: [key: string, title: string][];
  sheets: SheetData[];
}

export interface Quote {
  text: string;
  file: string;
  start: number | null;
  end: number | null;
  page: number | null;
  title: string | null;
  /** The place in the page of the plan's text that lies beside this one. */
  href: string | null;
}

export interface Item {
  properties: [name: string, value: string, href: string | null][];
  quotes: Quote[];
}

interface Packed {
  items: [flat: (number | string)[], quotes: number[]][];
  quotes: [text: string, file: number, start: number | null, end: number | null, page: number | null, title: number][];
  words: string[];
  pages: Record<string, string>;
}

export function readPage(): PageData {
  return JSON.parse(document.getElementById("data")!.textContent!) as PageData;
}

/** Properties and quotes by number. Large sets are compressed and are unpacked when first asked for. */
export class Details {
  private loading: Promise<Packed | undefined> | undefined;
  private packed: Packed | undefined;
  private needles: string[] | undefined;

  private load(): Promise<Packed | undefined> {
    this.loading ??= unpack(document.getElementById("details")!).then((packed) => (this.packed = packed));
    return this.loading;
  }

  /** Resolves when `quoted` can tell. */
  async ready(): Promise<void> {
    await this.load();
  }

  /** Whether a quote of the item holds the words, given as `plain` makes them; false before the quotes are unpacked. */
  quoted(number: number, words: string): boolean {
    if (number < 0 || !this.packed) return false;
    const needles = (this.needles ??= this.packed.quotes.map(([text]) => plain(text)));
    return this.packed.items[number][1].some((index) => needles[index].includes(words));
  }

  async item(number: number): Promise<Item> {
    if (number < 0) return { properties: [], quotes: [] };
    const packed = await this.load();
    if (!packed) return { properties: [[t("提示"), t("浏览器过旧，不能展开原文，请换用较新的浏览器"), null]], quotes: [] };
    const { items, quotes, words, pages } = packed;
    const [flat, found] = items[number];
    // the name of a file leads to the page of its text
    const pageOf = (name: string): string | null => (Object.prototype.hasOwnProperty.call(pages, name) ? pages[name] : null);
    const properties: Item["properties"] = [];
    for (let i = 0; i < flat.length; i += 2) properties.push([words[flat[i] as number], String(flat[i + 1]), pageOf(String(flat[i + 1]))]);
    return {
      properties,
      quotes: found.map((index) => {
        const [text, file, start, end, page, title] = quotes[index];
        const beside = start === null ? null : pageOf(words[file]);
        const href = beside && `${beside}#c${start}-${end}`;
        return { text, file: words[file], start, end, page, title: title < 0 ? null : words[title], href };
      }),
    };
  }
}

/** Undefined where the browser cannot decompress (before Chrome 80, Firefox 113, Safari 16.4). */
async function unpack(element: HTMLElement): Promise<Packed | undefined> {
  const text = element.textContent!;
  if (element.dataset["encoding"] !== "gzip") return JSON.parse(text) as Packed;
  if (typeof DecompressionStream === "undefined") return undefined;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text()) as Packed;
}
