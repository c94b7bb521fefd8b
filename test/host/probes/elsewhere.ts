import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Probe } from '../../../src/model/check.ts';
import type { Answer } from '../../../src/model/verdict.ts';
import type { Asking } from './asking.ts';

/** Asks in a network namespace that holds nothing but what `setup`, a script of a shell, puts there. */
export function askElsewhere(setup: string, probe: Probe, asking: Asking): Answer {
  const command = ['--map-root-user', '--net', 'sh', '-c', `set -e; ${setup}; exec "$@"`, 'sh'];
  return JSON.parse(askBehind(['unshare', ...command], probe, asking)) as Answer;
}

/** Asks as a user who is not root: nobody, as the kernel calls those that a user namespace does not know. */
export function askAsNobody(probe: Probe, asking: Asking = {}): string {
  return askBehind(['unshare', '--user'], probe, asking);
}

function askBehind([file = '', ...args]: readonly string[], probe: Probe, asking: Asking): string {
  const source = `
    import { askHere } from ${JSON.stringify(join(import.meta.dirname, 'asking.ts'))};
    const answer = askHere(${JSON.stringify(probe)}, ${JSON.stringify(asking)});
    console.log(await answer.then(JSON.stringify, (error) => error.message));`;
  const node = [process.execPath, '--input-type=module', '-e', source];
  return execFileSync(file, [...args, ...node], { encoding: 'utf8' }).trim();
}
