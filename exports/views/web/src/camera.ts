// From the picture's coordinates to the screen's: screen = world * scale + offset.

export interface Camera {
  scale: number;
  x: number;
  y: number;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Margins {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const SMALLEST = 0.02;
export const LARGEST = 6;

export const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** The camera that shows the box whole, no larger than 1.25. */
export function fitting(box: Box, width: number, height: number, margins: Margins): Camera {
  const room = { w: Math.max(50, width - margins.left - margins.right), h: Math.max(50, height - margins.top - margins.bottom) };
  const size = { w: Math.max(1, box.right - box.left), h: Math.max(1, box.bottom - box.top) };
  const scale = clamp(Math.min(room.w / size.w, room.h / size.h), SMALLEST, 1.25);
  return {
    scale,
    x: margins.left + (room.w - size.w * scale) / 2 - box.left * scale,
    y: margins.top + (room.h - size.h * scale) / 2 - box.top * scale,
  };
}

/** The same with the point (x, y) of the screen held still. */
export function zoomed(camera: Camera, factor: number, x: number, y: number): Camera {
  const scale = clamp(camera.scale * factor, SMALLEST, LARGEST);
  const ratio = scale / camera.scale;
  return { scale, x: x - (x - camera.x) * ratio, y: y - (y - camera.y) * ratio };
}
