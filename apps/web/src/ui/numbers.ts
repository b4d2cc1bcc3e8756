/** Numbers as they stand under each other. @module */

/** `0x00001000` */
export function offsetText(offset: number): string {
  return `0x${offset.toString(16).padStart(8, "0")}`;
}

/** In KB of 1024 bytes, rounded. */
export function kilobytes(size: number): string {
  return `${Math.round(size / 1024)} KB`;
}

/** `8 s`, `2 min 5 s` */
export function seconds(value: number): string {
  const whole = Math.max(1, Math.round(value));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
