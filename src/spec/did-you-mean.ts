/** The candidate that a mistyped word most likely meant: at most a third of its letters away, and two at least. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  return byDistance(word, candidates)[0]?.candidate;
}

/**
 * The candidate that a mistyped word meant beyond doubt, so that it may be put there unasked: the only one with one
 * letter too many, too few, wrong or changed places. Short words are too near to each other for that.
 */
export function certainlyMeant(word: string, candidates: readonly string[]): string | undefined {
  const [first, second] = byDistance(word, candidates);
  if (first === undefined || first.distance > 1 || second?.distance === first.distance) return undefined;
  return word.length >= 4 || (word.length === 3 && haveSameLetters(word, first.candidate))
    ? first.candidate
    : undefined;
}

function haveSameLetters(a: string, b: string): boolean {
  return [...a].sort().join('') === [...b].sort().join('');
}

/** Nobody reads a list of more, and to compare each of thousands of mistakes with each of them takes minutes. */
const MOST_CANDIDATES = 1000;

function byDistance(word: string, candidates: readonly string[]): { candidate: string; distance: number }[] {
  if (candidates.length > MOST_CANDIDATES) return [];
  const typed = word.toLowerCase().replaceAll('-', '_');
  const limit = Math.max(2, Math.floor(word.length / 3));
  const found: { candidate: string; distance: number }[] = [];
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > Math.min(limit, 8)) continue;
    const distance = editDistance(typed, candidate.toLowerCase().replaceAll('-', '_'), limit);
    // A word of two letters is two letters away from every other one.
    if (distance <= limit && distance < Math.max(candidate.length, 2)) found.push({ candidate, distance });
  }
  return found.sort((a, b) => a.distance - b.distance);
}

/** `; did you mean "scheduler"?`, or nothing. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const meant = didYouMean(word, candidates);
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

/** Levenshtein's distance, where swapping two neighbours counts once; anything above the limit where it is above. */
function editDistance(a: string, b: string, limit: number): number {
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const step = Math.min(above[column] ?? 0, current[column - 1] ?? 0) + 1;
      const change = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swap = isSwapped ? (before[column - 2] ?? 0) + 1 : change;
      current.push(Math.min(step, change, swap));
    }
    // What follows is built on these two rows, and adds to them.
    if (Math.min(...current) > limit && Math.min(...above) > limit) return limit + 1;
    [before, above] = [above, current];
  }
  return above[b.length] ?? 0;
}
