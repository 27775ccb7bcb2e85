// Measuring, wrapping and comparing text.

export const FONT =
  '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", system-ui, sans-serif';

const pen = document.createElement("canvas").getContext("2d")!;
const widths = new Map<string, number>();

export const font = (size: number, bold = false): string => `${bold ? "600 " : ""}${size}px ${FONT}`;

/** Width at 1 px of font size; nearly all of it is Chinese characters of width 1. */
function unit(letter: string): number {
  if (letter >= "\u2e80" && letter <= "\uff60") return 1;
  let width = widths.get(letter);
  if (width === undefined) {
    pen.font = font(100);
    width = pen.measureText(letter).width / 100;
    widths.set(letter, width);
  }
  return width;
}

export function measure(text: string, size: number): number {
  let width = 0;
  for (const letter of text) width += unit(letter);
  return width * size;
}

// These do not start a line.
const CLOSING = /[，。；：、！？）〕》”’〉】％%…]/;
// These do not end one.
const OPENING = /[（〔《“‘〈【]/;

/** At most `lines` lines that fit `width`; the last ends in … where text was cut off. */
export function wrap(text: string, size: number, width: number, lines: number): string[] {
  const result: string[] = [];
  let line = "";
  let used = 0;
  const letters = [...text];
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i];
    const step = unit(letter) * size;
    if (used + step > width && line && !(CLOSING.test(letter) && used + step <= width + size * 0.4)) {
      if (result.length === lines - 1) {
        while (line && measure(line, size) + size > width) line = [...line].slice(0, -1).join("");
        result.push(line + "…");
        return result;
      }
      const carried = CLOSING.test(letter) || OPENING.test(line.slice(-1)) ? line.slice(-1) : "";
      result.push(carried ? line.slice(0, -1) : line);
      line = carried;
      used = measure(carried, size);
    }
    line += letter;
    used += step;
  }
  if (line) result.push(line);
  return result;
}

/** How many first letters of each label another one has, too, at most. */
export function beginnings(labels: string[]): Int32Array {
  const order = labels.map((_, index) => index).sort((a, b) => (labels[a] < labels[b] ? -1 : labels[a] > labels[b] ? 1 : a - b));
  const shared = new Int32Array(labels.length);
  for (let i = 1; i < order.length; i++) {
    const [one, other] = [labels[order[i - 1]], labels[order[i]]];
    if (one === other) continue;
    let same = 0;
    while (same < one.length && one[same] === other[same]) same++;
    shared[order[i - 1]] = Math.max(shared[order[i - 1]], same);
    shared[order[i]] = Math.max(shared[order[i]], same);
  }
  return shared;
}

/** As `wrap`; of a label that does not fit and begins as another one does, the part where they differ is kept: 中华…第十四个… */
export function wrapApart(label: string, shared: number, size: number, width: number, lines: number): string[] {
  const whole = wrap(label, size, width, lines);
  const shown = [...whole.join("")].length - 1;
  if (!whole[whole.length - 1]?.endsWith("…") || shared < shown - 1) return whole;
  const head = Math.max(2, Math.floor(shown / 2) - 2);
  const from = Math.max(head, Math.min(shared - 1, label.length - (shown - head)));
  return wrap(label.slice(0, head) + "…" + label.slice(from), size, width, lines);
}

/** The form in which a search compares: width and case of letters and white space do not count. */
export const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
