const FIRST = 5_000;
const MOST = 5 * 60_000;

/** How long to wait after so many failures in a row: twice as long each time, five minutes at most. */
export function waitAfter(failures: number): number {
  return failures < 1 ? 0 : Math.min(MOST, FIRST * 2 ** Math.min(failures - 1, 20));
}
