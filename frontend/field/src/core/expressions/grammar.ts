/** Expressions from text to tree. The grammar stands in docs/how-to/checklists.md. */

export type Node =
  | { readonly kind: "literal"; readonly value: string | number }
  | { readonly kind: "reference"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly parts: readonly Node[] }
  | { readonly kind: "binary"; readonly sign: string; readonly left: Node; readonly right: Node }
  | { readonly kind: "negation"; readonly part: Node };

export type Fault =
  | "empty"
  | "too_long"
  | "character"
  | "open_text"
  | "unexpected"
  | "ends_early"
  | "arguments"
  | "not_supported";

export class ExpressionError extends Error {
  readonly fault: Fault;
  readonly words: readonly string[];

  constructor(fault: Fault, ...words: string[]) {
    super(`${fault}: ${words.join(", ")}`);
    this.fault = fault;
    this.words = words;
  }
}

const mostTokens = 250;
const deepest = 30;

/** The functions that are known, with the number of their arguments. */
const functions = new Map([
  ["true", 0],
  ["false", 0],
  ["today", 0],
  ["not", 1],
  ["count", 1],
  ["count-selected", 1],
  ["string-length", 1],
  ["selected", 2],
  ["regex", 2],
  ["coalesce", 2],
  ["if", 3],
]);

const levels: readonly (readonly string[])[] = [
  ["or"],
  ["and"],
  ["=", "!="],
  ["<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "div", "mod"],
];
const words = new Set(["or", "and", "div", "mod"]);

const kinds = ["space", "number", "text", "reference", "name", "foreign", "sign"] as const;
const token =
  /([ \t\r\n]+)|([0-9]+(?:\.[0-9]*)?|\.[0-9]+)|('[^']*'|"[^"]*")|(\$\{[ ]*[A-Za-z_][A-Za-z0-9_.-]*[ ]*\})|([A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?)|(\.\.|\/\/|::|[/[\]|@])|(<=|>=|!=|[=<>+*(),.-])/y;

interface Token {
  readonly kind: (typeof kinds)[number];
  readonly text: string;
}

/** The tree of an expression; throws ExpressionError. */
export function parse(text: string): Node {
  const tokens = tokensOf(text);
  if (tokens.length === 0) throw new ExpressionError("empty");
  if (tokens.length > mostTokens) throw new ExpressionError("too_long");
  const foreign = foreignIn(tokens);
  if (foreign.length > 0) throw new ExpressionError("not_supported", ...foreign);
  const reader = new Reader(tokens);
  const tree = reader.level(0, 0);
  reader.end();
  return tree;
}

function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const place = token.lastIndex;
    const match = token.exec(text);
    if (match === null) {
      const sign = String.fromCodePoint(text.codePointAt(place) ?? 0);
      throw new ExpressionError(sign === "'" || sign === '"' ? "open_text" : "character", sign);
    }
    const kind = kinds[match.slice(1).findIndex((group) => group !== undefined)] ?? "sign";
    if (kind !== "space") found.push({ kind, text: match[0] });
  }
  return found;
}

function foreignIn(tokens: readonly Token[]): string[] {
  const found = tokens.filter(({ kind, text }, place) => {
    if (kind === "foreign") return true;
    if (kind !== "name" || words.has(text)) return false;
    return tokens[place + 1]?.text !== "(" || !functions.has(text);
  });
  return [...new Set(found.map(({ text }) => text))];
}

/** Goes over the tokens once, one function for each level of binding. */
class Reader {
  private readonly tokens: readonly Token[];
  private place = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  level(level: number, depth: number): Node {
    if (depth > deepest) throw new ExpressionError("too_long");
    const signs = levels[level];
    if (signs === undefined) return this.minus(depth);
    let left = this.level(level + 1, depth);
    for (let sign = this.sign(); signs.includes(sign); sign = this.sign()) {
      this.place += 1;
      left = { kind: "binary", sign, left, right: this.level(level + 1, depth) };
    }
    return left;
  }

  end(): void {
    const rest = this.tokens[this.place];
    if (rest !== undefined) throw new ExpressionError("unexpected", rest.text);
  }

  private minus(depth: number): Node {
    if (this.sign() !== "-") return this.part(depth);
    this.place += 1;
    return { kind: "negation", part: this.level(levels.length, depth + 1) };
  }

  private part(depth: number): Node {
    const { kind, text } = this.take();
    if (kind === "number") return { kind: "literal", value: Number(text) };
    if (kind === "text") return { kind: "literal", value: text.slice(1, -1) };
    if (kind === "reference") return { kind: "reference", name: text.slice(2, -1).trim() };
    if (kind === "sign" && text === ".") return { kind: "reference", name: "" };
    if (kind === "sign" && text === "(") {
      const inner = this.level(0, depth + 1);
      this.expect(")");
      return inner;
    }
    const count = kind === "name" ? functions.get(text) : undefined;
    if (count !== undefined && this.sign() === "(") return this.call(text, count, depth);
    throw new ExpressionError("unexpected", text);
  }

  private call(name: string, count: number, depth: number): Node {
    this.expect("(");
    const parts: Node[] = [];
    while (this.sign() !== ")") {
      if (parts.length > 0) this.expect(",");
      parts.push(this.level(0, depth + 1));
    }
    this.expect(")");
    if (parts.length !== count) throw new ExpressionError("arguments", name);
    return { kind: "call", name, parts };
  }

  /** The next sign or word between parts; "" for anything else. */
  private sign(): string {
    const next = this.tokens[this.place];
    return next?.kind === "sign" || next?.kind === "name" ? next.text : "";
  }

  private take(): Token {
    const next = this.tokens[this.place];
    if (next === undefined) throw new ExpressionError("ends_early");
    this.place += 1;
    return next;
  }

  private expect(sign: string): void {
    const { kind, text } = this.take();
    if (kind !== "sign" || text !== sign) throw new ExpressionError("unexpected", text);
  }
}
