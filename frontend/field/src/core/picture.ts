export const LONGEST_SIDE = 1280;
export const QUALITY = 0.7;

/** The size a picture is drawn in: never larger than it is, the longest side at most 1280. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const factor = Math.min(1, LONGEST_SIDE / Math.max(width, height, 1));
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}
