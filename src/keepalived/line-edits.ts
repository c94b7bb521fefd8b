/** One line of what makes a text of another: kept, taken out or put in. */
export interface LineEdit {
  readonly mark: ' ' | '+' | '-';
  readonly text: string;
}

/**
 * The shortest way from some lines to others (Myers, "An O(ND) difference algorithm", 1986). Where more lines than
 * MOST_EDITS differ, all between the first and the last difference is replaced: nobody reads such a difference.
 */
export function lineEdits(before: readonly string[], after: readonly string[]): readonly LineEdit[] {
  const head = equalAtStart(before, after);
  const tail = equalAtStart(before.slice(head).reverse(), after.slice(head).reverse());
  const a = before.slice(head, before.length - tail);
  const b = after.slice(head, after.length - tail);
  return [
    ...marked(' ', before.slice(0, head)),
    ...(middleEdits(a, b) ?? [...marked('-', a), ...marked('+', b)]),
    ...marked(' ', before.slice(before.length - tail)),
  ];
}

const MOST_EDITS = 2000;

function equalAtStart(a: readonly string[], b: readonly string[]): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) if (a[at] !== b[at]) return at;
  return length;
}

function marked(mark: LineEdit['mark'], lines: readonly string[]): LineEdit[] {
  return lines.map((text) => ({ mark, text }));
}

/** Undefined where it would take too many edits. */
function middleEdits(a: readonly string[], b: readonly string[]): LineEdit[] | undefined {
  const rounds = furthestReaches(a, b);
  return rounds === undefined ? undefined : walkBack(a, b, rounds);
}

/** How far into `a` each diagonal (`x - y`) has got after so many edits: from `-edits` to `edits`, every second one. */
type Reach = Int32Array;

/** One for each number of edits; the last one reaches both ends. */
function furthestReaches(a: readonly string[], b: readonly string[]): readonly Reach[] | undefined {
  const rounds: Reach[] = [];
  for (let edits = 0; edits <= MOST_EDITS; edits++) {
    const reach = new Int32Array(edits + 1);
    const last = rounds.at(-1);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = last === undefined ? 0 : entryOf(last, diagonal);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      reach[(diagonal + edits) / 2] = x;
      if (x >= a.length && x - diagonal >= b.length) return [...rounds, reach];
    }
    rounds.push(reach);
  }
  return undefined;
}

/** Where the next round enters a diagonal: from the one above by a line put in, or from the left by one taken out. */
function entryOf(last: Reach, diagonal: number): number {
  return isInsertion(last, diagonal) ? reachAt(last, diagonal + 1) : reachAt(last, diagonal - 1) + 1;
}

function isInsertion(last: Reach, diagonal: number): boolean {
  return reachAt(last, diagonal - 1) < reachAt(last, diagonal + 1);
}

function reachAt(reach: Reach, diagonal: number): number {
  return reach[(diagonal + reach.length - 1) / 2] ?? -1;
}

function walkBack(a: readonly string[], b: readonly string[], rounds: readonly Reach[]): LineEdit[] {
  const edits: LineEdit[] = [];
  let diagonal = a.length - b.length;
  let x = a.length;
  for (let round = rounds.length - 1; round >= 0; round--) {
    const last = rounds[round - 1];
    const entry = last === undefined ? 0 : entryOf(last, diagonal);
    while (x > entry) edits.push({ mark: ' ', text: a[--x] ?? '' });
    if (last === undefined) break;
    if (isInsertion(last, diagonal)) {
      edits.push({ mark: '+', text: b[x - diagonal - 1] ?? '' });
      diagonal++;
    } else {
      edits.push({ mark: '-', text: a[--x] ?? '' });
      diagonal--;
    }
  }
  return edits.reverse();
}
