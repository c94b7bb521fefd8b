import type { SourceFile } from '../spec/source.ts';

/**
 * A spec that shows what a rule is about: its YAML text without the sections that do not matter, which BASE_SECTIONS has;
 * or whole files by name, for what is about files.
 */
export type SpecExample = string | Readonly<Record<SpecFileName, string>>;

/** Several specs by name, each without the sections that do not matter: for what is between them. */
export interface SpecsExample {
  readonly specs: Readonly<Record<SpecFileName, string>>;
}

/** What a spec was and what it is now, without the sections that do not matter: for what the change does. */
export interface ChangeExample {
  readonly before: string;
  readonly after: string;
}

export type Example = SpecExample | SpecsExample | ChangeExample;

/** Keeps a file apart from the keys of the other kinds. */
type SpecFileName = `${string}.lvs.yaml`;

/** What an example says nothing about: a plain site that no rule finds fault with. */
export const BASE_SECTIONS = {
  version: 'version: 1',
  keepalived: 'keepalived: { script_user: nobody }',
  directors: `directors:
  lb1: { address: 192.0.2.11, interface: eth0 }
  lb2: { address: 192.0.2.12, interface: eth0 }`,
  connection_sync: 'connection_sync: { interface: eth0 }',
  defaults: 'defaults: { forwarding: nat, check: { tcp: {} }, drain: 0 }',
  pools: 'pools: { web: { web-1: 10.0.0.21, web-2: 10.0.0.22 } }',
  services: 'services: { web: { vip: 203.0.113.10, port: 80, pool: web } }',
} as const;

/** The files of a complete spec. */
export function exampleFiles(example: SpecExample): readonly SourceFile[] {
  if (typeof example !== 'string') return Object.entries(example).map(([name, text]) => ({ name, text }));
  return [complete('example.lvs.yaml', example)];
}

/** Complete specs of one file each, in the order of the example. */
export function exampleSpecs({ specs }: SpecsExample): readonly SourceFile[] {
  return Object.entries(specs).map(([name, text]) => complete(name, text));
}

/** Two complete specs, of which the second takes the place of the first. */
export function exampleChange({ before, after }: ChangeExample): {
  readonly before: SourceFile;
  readonly after: SourceFile;
} {
  return { before: complete('example.lvs.yaml', before), after: complete('example.lvs.yaml', after) };
}

/** A section of the example takes the place of that of the base. */
function complete(name: string, example: string): SourceFile {
  const own = new Set([...example.matchAll(/^(\w+):/gm)].map(([, section]) => section));
  const base = Object.entries(BASE_SECTIONS).flatMap(([section, text]) => (own.has(section) ? [] : [text]));
  return { name, text: [...base, example].join('\n') };
}

/** The text of an example without the indentation of the code around it. Backslashes stand for themselves. */
export function yaml({ raw }: TemplateStringsArray, ...values: readonly string[]): string {
  const text = raw.map((part, index) => `${part}${values[index] ?? ''}`).join('');
  const indentation = /^\n( *)/.exec(text)?.[1] ?? '';
  return `${text
    .slice(1)
    .replaceAll(new RegExp(`^${indentation}`, 'gm'), '')
    .trimEnd()}\n`;
}
