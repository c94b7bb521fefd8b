import { type Fact, known, unknown } from '../../doctor/facts.ts';
import type { ExecResult } from '../exec.ts';
import { execInNetns, type NetnsOptions } from '../in-netns.ts';

const LOOK_SECONDS = 20;

/** What a program of the system prints, looked at in a network namespace; or why it could not be run. */
export async function look(command: readonly string[], place: NetnsOptions): Promise<Fact<string>> {
  const result = await execInNetns(command, { ...place, timeoutSeconds: LOOK_SECONDS });
  return result.exitCode === 0 ? known(result.stdout) : unknown(whyNot(command, result));
}

/** Why a program failed, in one sentence. */
export function whyNot([program = '', ...args]: readonly string[], result: ExecResult): string {
  // `ip netns exec` and a shell say it in their own words.
  if (result.failure === 'missing' || /exec of .* failed: No such file/.test(result.stderr) || result.exitCode === 127)
    return `${program} is not installed`;
  if (result.timedOut) return `${program} did not end in time`;
  const reason = result.stderr.trim().split('\n')[0] || result.message || `it ended with status ${result.exitCode}`;
  return `${[program, ...args].join(' ')} failed: ${reason}`;
}

/** What a listing in JSON means to `read`; one that it cannot read is an unknown fact. */
export function readJson<T>(listing: Fact<string>, read: (document: unknown) => T): Fact<T> {
  if (!listing.known) return listing;
  try {
    // iproute2 prints nothing at all where there is nothing.
    return known(read(JSON.parse(listing.value.trim() || '[]')));
  } catch (error) {
    return unknown(`A listing could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
