import { Composer, type CST, type Document, type Node, Parser } from 'yaml';
import type { SyntaxFault } from './syntax-problem.ts';

/** A text as the YAML library reads it. */
export interface Composed {
  readonly contents: Node | null;
  /** As a `%YAML` line has it. */
  readonly version: string | undefined;
  readonly faults: readonly SyntaxFault[];
}

/** A text with more of them is no YAML, and the library would keep kilobytes for each. */
const MAX_FAULTS = 1000;

const OPTIONS = {
  // Duplicate keys are looked for elsewhere: the library compares every pair of keys, which takes minutes for 8 MiB of them.
  uniqueKeys: false,
  merge: false,
  prettyErrors: false,
  version: '1.2',
  // Else `!!binary` makes bytes.
  resolveKnownTags: false,
} as const;

/** Reads the YAML text of one document, as parseDocument of the library does; but that has no way to give up. */
export function compose(text: string): Composed {
  const faults: SyntaxFault[] = [];
  const composer = new Composer(OPTIONS);
  // Private to the library. One that does not call it puts its faults into the document, and they are read there too.
  Object.assign(composer, { onError: collect(faults) });
  const documents: Document.Parsed[] = [];
  try {
    const tokens = untilBroken(new Parser().parse(text));
    for (const document of composer.compose(tokens, true, text.length)) documents.push(document);
  } catch (error) {
    if (faults.length < MAX_FAULTS) throw error;
  }
  const [first, second] = documents;
  const more = second === undefined ? [] : [{ code: 'MULTIPLE_DOCS', message: '', pos: startOf(second) }];
  return {
    contents: first?.contents ?? null,
    version: first?.directives.yaml.version,
    faults: [...faults, ...(first?.errors ?? []), ...(first?.warnings ?? []), ...more],
  };
}

type FaultPlace = number | readonly number[] | { readonly offset: number; readonly source?: string };

function collect(faults: SyntaxFault[]): (place: FaultPlace, code: string, message: string) => void {
  return (place, code, message) => {
    faults.push({ code, message, pos: spanOf(place) });
    if (faults.length >= MAX_FAULTS) throw new Error('There are too many faults');
  };
}

function spanOf(place: FaultPlace): readonly [number, number] {
  if (typeof place === 'number') return [place, place + 1];
  if ('offset' in place) return [place.offset, place.offset + (place.source?.length ?? 1)];
  const [start = 0, end = start + 1] = place;
  return [start, end];
}

function startOf({ range: [start] }: Document.Parsed): readonly [number, number] {
  return [start, start + 1];
}

function* untilBroken(tokens: Iterable<CST.Token>): Iterable<CST.Token> {
  let left = MAX_FAULTS;
  for (const token of tokens) {
    if (token.type === 'error' && left-- === 0) return;
    yield token;
  }
}
