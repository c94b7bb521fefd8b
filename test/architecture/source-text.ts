/** One module that a source text names, and how. */
export interface ModuleUse {
  /** Null where it is computed, so that nobody can tell. */
  readonly specifier: string | null;
  readonly isTypeOnly: boolean;
  readonly line: number;
}

/** A source text without its comments and the insides of its strings; every other character at its place. */
export function blankNonCode(text: string): string {
  const out = [...text];
  const blank = (from: number, to: number) => {
    for (let at = from; at < to; at++) if (out[at] !== '\n') out[at] = ' ';
  };
  // Braces open within each `${`, innermost last.
  const braces: number[] = [];
  let at = 0;
  while (at < text.length) {
    const token = readToken(text, at, braces);
    if (token.blank) blank(at + token.blank[0], at + token.length - token.blank[1]);
    at += token.length;
  }
  return out.join('');
}

/** What starts at a place; `blank` says how many characters at either end of it stay. */
interface Token {
  readonly length: number;
  readonly blank?: readonly [number, number];
}

function readToken(text: string, at: number, braces: number[]): Token {
  const char = text[at] ?? '';
  if (text.startsWith('//', at)) return { length: lengthTo(text, at, '\n'), blank: [0, 0] };
  if (text.startsWith('/*', at)) return { length: lengthTo(text, at + 2, '*/') + 4, blank: [0, 0] };
  if (char === "'" || char === '"')
    return { length: match(/(['"])(?:\\[\s\S]|(?!\1)[^\\\n])*\1?/y, text, at), blank: [1, 1] };
  if (char === '/' && startsRegex(text, at)) {
    return { length: match(/\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/?/y, text, at), blank: [1, 1] };
  }
  const depth = braces.at(-1);
  if (char === '`' || (char === '}' && depth === 0)) return readTemplate(text, at, braces);
  if (depth !== undefined && char === '{') braces[braces.length - 1] = depth + 1;
  if (depth !== undefined && char === '}') braces[braces.length - 1] = depth - 1;
  return { length: match(/[\w$]+|[\s\S]/y, text, at) };
}

/** A template's text from its start, or from the end of a `${}`, to its end or to the next `${`. */
function readTemplate(text: string, at: number, braces: number[]): Token {
  if (text[at] === '}') braces.pop();
  const length = match(/[`}](?:\\[\s\S]|(?!\$\{)[^`\\])*(?:`|\$\{)?/y, text, at);
  const opens = text.startsWith('${', at + length - 2);
  if (opens) braces.push(0);
  return { length, blank: [1, opens ? 2 : 1] };
}

function lengthTo(text: string, at: number, end: string): number {
  const found = text.indexOf(end, at);
  return (found === -1 ? text.length : found) - at;
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 1;
}

// After a value a slash divides; after anything else it opens a regular expression.
function startsRegex(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 20), at).trimEnd();
  return (
    !/[\w$)\]}'"`]$/.test(before) || /(?<![\w$.])(?:return|typeof|case|in|of|void|throw|await|yield)$/.test(before)
  );
}

// In code whose strings are blank, so that a quote always opens a specifier.
const MODULE_USES = [
  /(?<![.\w$])(?:import|export)\b(?<type>\s+type\b(?!\s*(?:,|from\b)))?[^'"`;()=]*?\bfrom\s*(?<open>['"])/g,
  /(?<![.\w$])import\s*(?<open>['"])/g,
  /(?<![.\w$])(?:import|require)\s*\(\s*(?<open>['"`]?)/g,
];

/** All modules that a source text imports or hands on, by whatever means. */
export function modulesOf(text: string): ModuleUse[] {
  const code = blankNonCode(text);
  return MODULE_USES.flatMap((pattern) =>
    [...code.matchAll(pattern)].map((found) => {
      const start = found.index + found[0].length;
      const open = found.groups?.open ?? '';
      return {
        specifier: open === '' ? null : text.slice(start, text.indexOf(open, start)),
        isTypeOnly: found.groups?.type !== undefined,
        line: lineAt(text, found.index),
      };
    }),
  );
}

/** The line, from 1, of a place in a text. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
