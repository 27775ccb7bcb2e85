// One set of drawing calls, made on a canvas or written as SVG, so that a saved picture is the picture seen.

import { FONT, font } from "./text";

export interface Path {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(a: number, b: number, c: number, d: number, x: number, y: number): void;
  closePath(): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  rect(x: number, y: number, width: number, height: number): void;
}

export interface TextStyle {
  size: number;
  colour: string;
  bold?: boolean;
  align?: "left" | "center" | "right";
  halo?: string;
  upwards?: boolean; // turned to the left
}

export interface Painter {
  path(): Path;
  stroke(path: Path, colour: string, width: number, dash?: number[], opacity?: number): void;
  fill(path: Path, colour: string): void;
  text(text: string, x: number, y: number, style: TextStyle): void;
}

export function roundRect(path: Path, x: number, y: number, w: number, h: number, radius: number): void {
  const r = Math.min(radius, w / 2, h / 2);
  const k = r * 0.4477;
  path.moveTo(x + r, y);
  path.lineTo(x + w - r, y);
  path.bezierCurveTo(x + w - k, y, x + w, y + k, x + w, y + r);
  path.lineTo(x + w, y + h - r);
  path.bezierCurveTo(x + w, y + h - k, x + w - k, y + h, x + w - r, y + h);
  path.lineTo(x + r, y + h);
  path.bezierCurveTo(x + k, y + h, x, y + h - k, x, y + h - r);
  path.lineTo(x, y + r);
  path.bezierCurveTo(x, y + k, x + k, y, x + r, y);
  path.closePath();
}

export class CanvasPainter implements Painter {
  constructor(readonly context: CanvasRenderingContext2D) {
    context.lineJoin = "round";
    context.textBaseline = "middle";
  }

  path(): Path {
    return new Path2D();
  }

  stroke(path: Path, colour: string, width: number, dash: number[] = [], opacity = 1): void {
    const c = this.context;
    c.globalAlpha = opacity;
    c.strokeStyle = colour;
    c.lineWidth = width;
    c.setLineDash(dash);
    c.stroke(path as Path2D);
    c.globalAlpha = 1;
  }

  fill(path: Path, colour: string): void {
    this.context.fillStyle = colour;
    this.context.fill(path as Path2D);
  }

  text(text: string, x: number, y: number, style: TextStyle): void {
    const c = this.context;
    c.font = font(style.size, style.bold);
    c.textAlign = style.align ?? "left";
    if (style.upwards) {
      c.save();
      c.translate(x, y);
      c.rotate(-Math.PI / 2);
      c.fillStyle = style.colour;
      c.fillText(text, 0, 0);
      c.restore();
      return;
    }
    if (style.halo) {
      c.strokeStyle = style.halo;
      c.lineWidth = 3;
      c.setLineDash([]);
      c.strokeText(text, x, y);
    }
    c.fillStyle = style.colour;
    c.fillText(text, x, y);
  }
}

const short = (value: number): string => String(Math.round(value * 100) / 100);

class SvgPath implements Path {
  parts: string[] = [];
  moveTo(x: number, y: number): void {
    this.parts.push(`M${short(x)} ${short(y)}`);
  }
  lineTo(x: number, y: number): void {
    this.parts.push(`L${short(x)} ${short(y)}`);
  }
  bezierCurveTo(a: number, b: number, c: number, d: number, x: number, y: number): void {
    this.parts.push(`C${[a, b, c, d, x, y].map(short).join(" ")}`);
  }
  closePath(): void {
    this.parts.push("Z");
  }
  arc(x: number, y: number, radius: number): void {
    const r = short(radius);
    this.parts.push(`M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${short(2 * radius)} 0a${r} ${r} 0 1 0 ${short(-2 * radius)} 0Z`);
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.parts.push(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`);
  }
}

/** Text as it may stand in XML: markup escaped, characters that XML does not know left out. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

export class SvgPainter implements Painter {
  private readonly parts: string[] = [];

  path(): Path {
    return new SvgPath();
  }

  stroke(path: Path, colour: string, width: number, dash: number[] = [], opacity = 1): void {
    const d = (path as SvgPath).parts.join("");
    if (!d) return;
    const dashed = dash.length ? ` stroke-dasharray="${dash.map(short).join(" ")}"` : "";
    const faint = opacity < 1 ? ` stroke-opacity="${short(opacity)}"` : "";
    this.parts.push(`<path d="${d}" fill="none" stroke="${colour}" stroke-width="${short(width)}"${dashed}${faint}/>`);
  }

  fill(path: Path, colour: string): void {
    const d = (path as SvgPath).parts.join("");
    if (d) this.parts.push(`<path d="${d}" fill="${colour}"/>`);
  }

  text(text: string, x: number, y: number, style: TextStyle): void {
    const anchor = { left: "start", center: "middle", right: "end" }[style.align ?? "left"];
    const halo = style.halo ? ` stroke="${style.halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"` : "";
    const bold = style.bold ? ' font-weight="600"' : "";
    const turned = style.upwards ? ` transform="rotate(-90 ${short(x)} ${short(y)})"` : "";
    this.parts.push(
      `<text x="${short(x)}" y="${short(y + style.size * 0.36)}"${turned} font-size="${short(style.size)}" fill="${style.colour}" text-anchor="${anchor}"${bold}${halo}>${escapeXml(text)}</text>`,
    );
  }

  document(width: number, height: number, title: string): string {
    const family = escapeXml(FONT);
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}" font-family="${family}" role="img">` +
      `<title>${escapeXml(title)}</title>${this.parts.join("\n")}</svg>`
    );
  }
}
