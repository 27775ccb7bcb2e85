// What a page needs of a sheet, be it a graph or a plot.

import type { Place } from "./hash";
import type { Entry } from "./legend";
import type { Picture } from "./save";
import type { Hit } from "./search";
import type { TableData } from "./table";

export interface Sheet {
  readonly key: string;
  readonly title: string;
  readonly element: HTMLElement;
  readonly zooms: boolean;
  /** The groups of the legend, which is the filter. */
  groups(): [title: string, entries: Entry[]][];
  search(query: string): Hit[];
  tables(): TableData[];
  picture(): Picture;
  /** After a filter, the theme or the size changed. */
  changed(): void;
  resize(): void;
  fit(): void;
  zoom(factor: number): void;
  /** A key that only this sheet knows; true where it did something. */
  press(event: KeyboardEvent): boolean;
  clear(): void;
  /** The part of the address that this sheet keeps. */
  place(): Place;
  restore(place: Place): void;
  /** What is shown, for tests and for pages that embed this one. */
  state(): Record<string, unknown>;
}

export interface Host {
  tip(text: string | undefined, x: number, y: number): void;
  /** The selection or the filters changed. */
  update(): void;
  say(text: string): void;
}

/** An entry that hides `index` of `filter`. */
export function toggling(filter: Set<number>, index: number, rest: Omit<Entry, "hidden" | "toggle">): Entry {
  return {
    ...rest,
    hidden: () => filter.has(index),
    toggle: () => {
      if (!filter.delete(index)) filter.add(index);
    },
  };
}
