/**
 * Patterns of regex(): the part that means the same on the server and on the phone, and ends soon.
 * The whole text has to fit; see kernel/xlsforms/patterns.py, which refuses the same ones.
 */

const longest = 200;
const longestText = 2000;
const mostLoose = 3;
const few = 9;

const kinds = ["class", "escape", "open", "close", "times", "either", "anchor", "plain"] as const;
const piece =
  /(\[\^?(?:\\[dDwW\\^$.*+?()[\]{}|/-]|(?!&&|--|\|\||~~)[^\]\\[])+\])|(\\[dDwW^$\\.*+?()[\]{}|/])|(\((?:\?:)?(?!\?))|(\))|([*+?]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})|(\|)|([\^$])|([^\\[\](){}*+?|^$])/uy;

interface Piece {
  readonly kind: (typeof kinds)[number];
  readonly text: string;
}

const known = new Map<string, RegExp | null>();

/** Whether the whole text has the form; a pattern of another kind fits nothing. */
export function fits(text: string, pattern: string): boolean {
  const compiled = known.get(pattern);
  if (compiled !== undefined) return [...text].length <= longestText && !!compiled?.test(text);
  known.set(pattern, compile(pattern));
  return fits(text, pattern);
}

function compile(pattern: string): RegExp | null {
  const pieces = piecesOf(pattern);
  if (pieces === null || [...pattern].length > longest || !isTame(pieces)) return null;
  try {
    return new RegExp(`^(?:${pattern})$`, "u");
  } catch {
    return null;
  }
}

function piecesOf(pattern: string): Piece[] | null {
  const found: Piece[] = [];
  piece.lastIndex = 0;
  while (piece.lastIndex < pattern.length) {
    const match = piece.exec(pattern);
    if (match === null) return null;
    const kind = kinds[match.slice(1).findIndex((group) => group !== undefined)] ?? "plain";
    found.push({ kind, text: match[0] });
  }
  return found;
}

/** Follows the groups: each open one is marked once it holds a choice or a repetition. */
class Groups {
  private readonly busy = [false];
  private wasBusy = false;
  private before: Piece["kind"] = "open";
  private loose = 0;

  /** Whether the next piece may stand here. */
  accepts({ kind, text }: Piece): boolean {
    const before = this.before;
    this.before = kind;
    if (kind === "times") return this.repeats(before, text);
    if (kind === "either") this.mark();
    if (kind === "open") this.busy.push(false);
    return kind !== "close" || this.closes();
  }

  isDone(): boolean {
    return this.busy.length === 1 && this.loose <= mostLoose;
  }

  private repeats(before: Piece["kind"], times: string): boolean {
    if (!["class", "escape", "plain", "close"].includes(before)) return false;
    const isOpen = most(times) > few;
    const isExact = times.endsWith("}") && !times.includes(",");
    if (before === "close" && isOpen && this.wasBusy) return false;
    if (isOpen && !isExact) this.loose += 1;
    if (!isExact) this.mark();
    return true;
  }

  private closes(): boolean {
    if (this.busy.length === 1) return false;
    this.wasBusy = this.busy.pop() ?? false;
    if (this.wasBusy) this.mark();
    return true;
  }

  private mark(): void {
    this.busy[this.busy.length - 1] = true;
  }
}

function isTame(pieces: readonly Piece[]): boolean {
  const groups = new Groups();
  return pieces.every((one) => groups.accepts(one)) && groups.isDone();
}

function most(times: string): number {
  if (times === "?") return 1;
  if (times === "*" || times === "+" || times.endsWith(",}")) return few + 1;
  return Number(times.slice(1, -1).split(",").pop());
}
