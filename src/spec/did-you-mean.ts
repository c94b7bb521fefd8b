/** The candidate that a mistyped word most likely meant: at most a third of its letters away, and two at least. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase().replaceAll('-', '_');
  const limit = Math.max(2, Math.floor(word.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(typed, candidate.toLowerCase().replaceAll('-', '_')) }))
    // A word of two letters is two letters away from every other one.
    .filter(({ candidate, distance }) => distance <= limit && distance < Math.max(candidate.length, 2))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** `; did you mean "scheduler"?`, or nothing. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const meant = didYouMean(word, candidates);
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

/** Levenshtein's distance, where swapping two neighbours counts once. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8) return Number.POSITIVE_INFINITY;
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
