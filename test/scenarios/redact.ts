import { VERSION } from '../../src/version.ts';
import { QUICK_IPVSADM } from '../fixtures/fake-ipvsadm-server.ts';
import type { World } from './world.ts';

/** An output as a scenario file holds it: what differs from run to run has a name, what cannot be seen has a sign. */
export function redact(text: string, { cwd, state, runtime }: World): string {
  const named = text
    .replaceAll(cwd, '{cwd}')
    .replaceAll(state, '{state}')
    .replaceAll(runtime, '{run}')
    .replaceAll(QUICK_IPVSADM, '{ipvsadm}')
    .replace(/sha256:[0-9a-f]{64}/g, '{digest}')
    .replace(/\b[0-9a-f]{64}\b/g, '{sha256}')
    .replace(/\bpid \d+/g, 'pid {pid}')
    .replace(/\bsince \d\d:\d\d:\d\dZ/g, 'since {time}')
    .replaceAll(`"version": "${VERSION}"`, '"version": "{version}"')
    .replace(new RegExp(`^${RegExp.escape(VERSION)}$`, 'm'), '{version}')
    .replaceAll('\u001b', '␛')
    .replaceAll('\r', '␍');
  return named === '' || named.endsWith('\n') ? named : `${named}{no newline}\n`;
}
