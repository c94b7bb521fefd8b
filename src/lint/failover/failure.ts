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

/** What is said of one director goes before what is said of all. */
export function readFailures(failures: readonly Failure[]): Failures {
  const values = new Map(failures.map((failure) => [keyOf(failure), failure.kind === 'file' ? failure.value : 0]));
  const find = (kind: Failure['kind'], name: string, director: string): number | undefined =>
    values.get(`${kind} ${name} ${director}`) ?? values.get(`${kind} ${name} *`);
  return {
    isGone: (director) => values.has(`director  ${director}`),
    isInterfaceDown: (director, device) => find('interface', device, director) !== undefined,
    hasFailed: (kind, name, director) => find(kind, name, director) !== undefined,
    fileValue: (name, director) => find('file', name, director),
  };
}

/** The same for the same failure, whatever number is in a file. */
export function keyOf(failure: Failure): string {
  const name = failure.kind === 'director' ? '' : failure.kind === 'interface' ? failure.interface : failure.name;
  return `${failure.kind} ${name} ${failure.director ?? '*'}`;
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
