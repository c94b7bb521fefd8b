import fc from 'fast-check';
import { Document, isCollection, isScalar, Lexer, type Node, Scalar, visit } from 'yaml';

/** Ways to write one value in YAML. */
export interface Hand {
  /** Chosen in turn: style of a collection, quotes of a text, place of a comment. */
  readonly choices: readonly number[];
  readonly indent: number;
  readonly indentSeq: boolean;
  readonly lineWidth: number;
  readonly anchors: boolean;
}

export const hand: fc.Arbitrary<Hand> = fc.record({
  choices: fc.array(fc.nat(99), { minLength: 40, maxLength: 40 }),
  indent: fc.integer({ min: 2, max: 5 }),
  indentSeq: fc.boolean(),
  lineWidth: fc.constantFrom(0, 40, 80),
  anchors: fc.boolean(),
});

/** The value as somebody might write it by hand: any style, any order of keys, comments and blank lines anywhere. */
export function written(value: unknown, { choices, indent, indentSeq, lineWidth, anchors }: Hand): string {
  const chosen = choose(choices);
  const document = new Document(shuffled(value, chosen), { aliasDuplicateObjects: anchors });
  visit(document, (key, node) => style(node as Node, { chosen, isKey: key === 'key' }));
  return sprinkled(document.toString({ indent, indentSeq, lineWidth }), chosen);
}

type Choose = (most: number) => number;

/** The numbers in turn, over and over, mixed by how often. */
function choose(choices: readonly number[]): Choose {
  let at = 0;
  return (most) => {
    const choice = (choices[at % choices.length] ?? 0) + Math.floor(at / choices.length) * 7;
    at++;
    return choice % (most + 1);
  };
}

function shuffled(value: unknown, chosen: Choose): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => shuffled(item, chosen));
  const entries = Object.entries(value).map(([key, inner]) => ({
    key,
    inner: shuffled(inner, chosen),
    at: chosen(99),
  }));
  return Object.fromEntries(entries.sort((a, b) => a.at - b.at).map(({ key, inner }) => [key, inner]));
}

const QUOTES = [Scalar.QUOTE_DOUBLE, Scalar.QUOTE_SINGLE, Scalar.BLOCK_LITERAL, Scalar.BLOCK_FOLDED] as const;

function style(node: Node, { chosen, isKey }: { chosen: Choose; isKey: boolean }): void {
  if (isCollection(node) && chosen(3) === 0) node.flow = true;
  const quotes = QUOTES[chosen(12)];
  // A key that takes several lines is none that a spec may have.
  if (
    isScalar(node) &&
    typeof node.value === 'string' &&
    quotes !== undefined &&
    !(isKey && quotes.startsWith('BLOCK'))
  )
    (node as Scalar).type = quotes;
}

/** With comments and blank lines wherever YAML takes them. */
function sprinkled(text: string, chosen: Choose): string {
  const tokens = [...new Lexer().lex(text)];
  let number = 0;
  const comment = () => `# c${number++}`;
  return tokens
    .map((token, index) => `${token}${aside(token, { after: tokens[index + 1] ?? '', comment, chosen })}`)
    .filter((token) => !MARKS.has(token))
    .join('');
}

// What the lexer puts in front of a scalar, and where documents and flow collections begin or break off.
const TEXT = '\u001f';
const MARKS = new Set([TEXT, '\u0002', '\u0018']);

function aside(
  token: string,
  { after, comment, chosen }: { after: string; comment: () => string; chosen: Choose },
): string {
  const choice = chosen(12);
  const indent = /^ *$/.test(after) ? after : '';
  // The lines of a text in block style follow.
  if (token === '\n' && after === TEXT) return '';
  if (token === '\n' && choice === 0) return '\n';
  if (token === '\n' && choice === 1) return `${indent}${' '.repeat(chosen(3))}${comment()}\n`;
  if (token === '\n' && choice === 2) return `\n${indent}${comment()}\n\n${indent}  ${comment()}\n`;
  if (/^[,[{]$/.test(token) && choice === 0) return ` ${comment()}\n${FAR}`;
  if (/^[,[{]$/.test(token) && choice === 1) return `\n${FAR}${comment()}\n${FAR}`;
  // Behind a value or a colon, where the line ends anyhow.
  return token !== '' && after === '\n' && !token.startsWith('#') && choice === 3 ? ` ${comment()}` : '';
}

const FAR = ' '.repeat(60);
