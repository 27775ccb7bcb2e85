// Places for labels beside dots: the most important first, none over another.

import type { Box } from "./camera";

export interface Rect {
  x: number;
  y: number;
  w: number;
  h: number;
}

const CELL = 72;

/** The boxes taken so far, in a grid so that asking stays cheap. */
export class Taken {
  private readonly cells = new Map<number, Rect[]>();

  private *keys(box: Rect): Generator<number> {
    for (let i = Math.floor(box.x / CELL); i <= Math.floor((box.x + box.w) / CELL); i++)
      for (let j = Math.floor(box.y / CELL); j <= Math.floor((box.y + box.h) / CELL); j++) yield i * 65536 + j;
  }

  add(box: Rect): void {
    for (const key of this.keys(box)) {
      const found = this.cells.get(key);
      if (found) found.push(box);
      else this.cells.set(key, [box]);
    }
  }

  free(box: Rect): boolean {
    for (const key of this.keys(box))
      for (const other of this.cells.get(key) ?? [])
        if (box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h)
          return false;
    return true;
  }

  /** The first free place beside a dot: right, below, left, above; left first where that is the outer side. */
  beside(x: number, y: number, radius: number, w: number, h: number, leftFirst: boolean, within: Box): Rect | undefined {
    const gap = radius + 3;
    const right = { x: x + gap, y: y - h / 2, w, h };
    const left = { x: x - gap - w, y: y - h / 2, w, h };
    const below = { x: x - w / 2, y: y + gap, w, h };
    const above = { x: x - w / 2, y: y - gap - h, w, h };
    const places: Rect[] = leftFirst ? [left, below, right, above] : [right, below, left, above];
    return places.find(
      (place) =>
        place.x >= within.left && place.x + w <= within.right && place.y >= within.top && place.y + h <= within.bottom && this.free(place),
    );
  }
}
