// Places for labels beside dots: the most important first, none over another.

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

  /** The first free place beside a dot: right, below, left, above. */
  beside(x: number, y: number, radius: number, w: number, h: number): Rect | undefined {
    const gap = radius + 3;
    const places: Rect[] = [
      { x: x + gap, y: y - h / 2, w, h },
      { x: x - w / 2, y: y + gap, w, h },
      { x: x - gap - w, y: y - h / 2, w, h },
      { x: x - w / 2, y: y - gap - h, w, h },
    ];
    return places.find((place) => this.free(place));
  }
}
