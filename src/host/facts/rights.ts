import { readFile } from 'node:fs/promises';
import { type Fact, known, type Rights, unknown } from '../../doctor/facts.ts';

/** Numbers of linux/capability.h. */
const CAPABILITIES = { CAP_NET_ADMIN: 12n, CAP_NET_RAW: 13n } as const;

/** What this process may do. */
export async function readRights(): Promise<Fact<Rights>> {
  const [status, map] = await Promise.all([read('/proc/self/status'), read('/proc/self/uid_map')]);
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  if (effective === undefined) return unknown('The rights of this process could not be read from /proc/self/status');
  const bits = BigInt(`0x${effective}`);
  return known({
    capabilities: Object.entries(CAPABILITIES)
      .filter(([, number]) => (bits >> number) & 1n)
      .map(([name]) => name),
    // The first one maps everybody to himself.
    isInitialUserNamespace: /^\s*0\s+0\s+4294967295\s*$/.test(map),
  });
}

async function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
