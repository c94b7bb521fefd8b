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

function byDistance(word: string, candidates: readonly string[]): { candidate: string; distance: number }[] {
  const typed = word.toLowerCase().replaceAll('-', '_');
  const limit = Math.max(2, Math.floor(word.length / 3));
  return (
    candidates
      .filter((candidate) => Math.abs(candidate.length - word.length) <= Math.min(limit, 8))
      .map((candidate) => ({ candidate, distance: editDistance(typed, candidate.toLowerCase().replaceAll('-', '_')) }))
      // A word of two letters is two letters away from every other one.
      .filter(({ candidate, distance }) => distance <= limit && distance < Math.max(candidate.length, 2))
      .sort((a, b) => a.distance - b.distance)
  );
}

/** `; did you mean "scheduler"?`, or nothing. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const meant = didYouMean(word, candidates);
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

/** Levenshtein's distance, where swapping two neighbours counts once. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) {
    const above = rows[row - 1] ?? [];
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const costs = [
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      ];
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        costs.push((rows[row - 2]?.[column - 2] ?? 0) + 1);
      current.push(Math.min(...costs));
    }
    rows.push(current);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
