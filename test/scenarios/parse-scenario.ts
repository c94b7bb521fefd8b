import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** One scenario: what is claimed, and its sections by their headers. */
export interface Scenario {
  readonly claim: string;
  /** Every text ends with a newline, or is empty. */
  readonly sections: ReadonlyMap<string, string>;
}

const HEADER = /^====(.+?)====$/;
const GIVEN = join(import.meta.dirname, 'given');

/** What a scenario may say. Those with a colon come with a name. */
const KNOWN = new Set([
  ...['given', 'file:', 'git', 'table', 'rows', 'connections', 'owned', 'env', 'stdin', 'tty', 'lock', 'rival'],
  ...['command', 'status', 'stdout', 'stderr', 'table after', 'file after:'],
]);

/** Reads a scenario file: its claim, then `====header====` lines, each with its text below. */
export function readScenario(path: string): Scenario {
  const scenario = parseScenario(readFileSync(path, 'utf8'));
  for (const header of scenario.sections.keys())
    if (!KNOWN.has(header.replace(/:.*/, ':'))) throw new Error(`${path}: there is no section "${header}"`);
  return scenario;
}

export function parseScenario(text: string): Scenario {
  const [claim = '', ...rest] = text.split(/^(?=====.+====$)/m);
  const sections = rest.map((part): [string, string] => {
    const end = part.indexOf('\n') + 1;
    return [HEADER.exec(part.slice(0, end).trimEnd())?.[1] ?? '', part.slice(end)];
  });
  return { claim: claim.trim(), sections: new Map(sections) };
}

/** The scenario with the sections of what it builds on (`given`), where it does not say otherwise. */
export function withGiven({ claim, sections }: Scenario): Scenario {
  const name = sections.get('given')?.trim();
  if (name === undefined) return { claim, sections };
  const base = withGiven(readScenario(join(GIVEN, `${name}.given`)));
  return { claim, sections: new Map([...base.sections, ...sections]) };
}

/** The scenario as its file holds it. */
export function formatScenario({ claim, sections }: Scenario): string {
  return `${claim}\n${[...sections].map(([header, text]) => `====${header}====\n${text}`).join('')}`;
}

/** `plan/no-changes` */
export function scenarioName(path: string): string {
  return `${basename(dirname(path))}/${basename(path, '.scenario')}`;
}
