import { randomUUID } from 'node:crypto';
import { type Fact, known, unknown } from '../../doctor/facts.ts';
import type { ExecResult } from '../exec.ts';
import { execInNetns, type NetnsOptions } from '../in-netns.ts';
import { whyNot } from './look.ts';

/** Commands, and the fact that their outputs are. */
export interface Listing<T> {
  readonly commands: readonly (readonly string[])[];
  read(outputs: readonly Fact<string>[]): Fact<T>;
}

type Facts<L> = { readonly [K in keyof L]: L[K] extends Listing<infer T> ? Fact<T> : never };

/** A fact that nobody asked for. */
export function notAsked(what: string): Listing<never> {
  return { commands: [], read: () => unknown(`Nobody asked for ${what}`) };
}

/** The fact of a single command. */
export function listing<T>(command: readonly string[], read: (output: Fact<string>) => Fact<T>): Listing<T> {
  return { commands: [command], read: ([output = unknown('It was not looked at')]) => read(output) };
}

const SECONDS = 60;

/** Looks at all of them by one shell: starting a program from here costs more than most programs do. */
export async function lookAtAll<L extends Readonly<Record<string, Listing<unknown>>>>(
  listings: L,
  place: NetnsOptions,
): Promise<Facts<L>> {
  const mark = `end-${randomUUID()}`;
  const commands = Object.values(listings).flatMap((one) => one.commands);
  const script = commands.map((command) => `${command.map(quote).join(' ')} </dev/null\n${endWith(mark)}`).join('');
  const result = await execInNetns(['sh', '-c', script], { ...place, timeoutSeconds: SECONDS });
  const outputs = outputsOf(commands, { result, mark });
  const facts = Object.entries(listings).map(([name, one]) => [name, one.read(outputs.splice(0, one.commands.length))]);
  return Object.fromEntries(facts) as Facts<L>;
}

/** On both streams, since programs warn on the other one. */
function endWith(mark: string): string {
  return `printf '\\n${mark} %s\\n' $?; printf '\\n${mark}\\n' >&2\n`;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function outputsOf(
  commands: readonly (readonly string[])[],
  { result, mark }: { result: ExecResult; mark: string },
): Fact<string>[] {
  const outputs = [...result.stdout.matchAll(new RegExp(`((?:.|\\n)*?)\\n${mark} (\\d+)\\n`, 'g'))];
  const errors = result.stderr.split(`\n${mark}\n`);
  return commands.map((command, index) => {
    const [, stdout = '', status] = outputs[index] ?? [];
    // The shell itself did not come that far.
    if (status === undefined) return unknown(whyNot(command, result));
    const own = { ...result, stdout, stderr: errors[index] ?? '', exitCode: Number(status), timedOut: false };
    return Number(status) === 0 ? known(stdout) : unknown(whyNot(command, own));
  });
}
