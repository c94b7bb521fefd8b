/** One thing that does not work. `director: null` means on every one of them. */
export type Failure =
  | { readonly kind: 'director'; readonly director: string }
  | { readonly kind: 'interface'; readonly director: string; readonly interface: string }
  | { readonly kind: 'script' | 'process' | 'bfd'; readonly name: string; readonly director: string | null }
  /** A file has no failure of its own: its number is what counts. */
  | { readonly kind: 'file'; readonly name: string; readonly director: string | null; readonly value: number };

/** What the rules and the machine ask of a set of failures. */
export interface Failures {
  isGone(director: string): boolean;
  isInterfaceDown(director: string, device: string): boolean;
  hasFailed(kind: 'script' | 'process' | 'bfd', name: string, director: string): boolean;
  /** The number in a file; undefined where nothing is said of it. */
  fileValue(name: string, director: string): number | undefined;
}

export function readFailures(failures: readonly Failure[]): Failures {
  const isOn = (on: string | null, director: string): boolean => on === null || on === director;
  return {
    isGone: (director) => failures.some((failure) => failure.kind === 'director' && failure.director === director),
    isInterfaceDown: (director, device) =>
      failures.some(
        (failure) => failure.kind === 'interface' && failure.director === director && failure.interface === device,
      ),
    hasFailed: (kind, name, director) =>
      failures.some((failure) => failure.kind === kind && failure.name === name && isOn(failure.director, director)),
    fileValue: (name, director) =>
      failures
        .flatMap((failure) =>
          failure.kind === 'file' && failure.name === name && isOn(failure.director, director) ? [failure.value] : [],
        )
        .at(-1),
  };
}

const NOUNS: Readonly<Record<'script' | 'process' | 'bfd', string>> = {
  script: 'track script',
  process: 'track process',
  bfd: 'BFD instance',
};

/** Such as `interface eth0 of lb1` or `track script chk on all directors`. */
export function describeFailure(failure: Failure): string {
  if (failure.kind === 'director') return `director ${failure.director}`;
  if (failure.kind === 'interface') return `interface ${failure.interface} of ${failure.director}`;
  const where = failure.director === null ? 'on all directors' : `on ${failure.director}`;
  return failure.kind === 'file'
    ? `track file ${failure.name} at ${failure.value} ${where}`
    : `${NOUNS[failure.kind]} ${failure.name} ${where}`;
}
