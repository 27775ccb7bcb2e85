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

/** The form in which a search compares: width and case of letters and white space do not count. */
export const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
