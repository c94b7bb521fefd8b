import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperationError } from '../errors.ts';
import type { ConfTest } from '../model/conf-test.ts';
import { execInNetns } from './in-netns.ts';

const TEST_SECONDS = 30;

// dummy is the nearest to a network card; a kernel without that module has veth.
const SCRIPT = `for device in $INTERFACES; do
  ip link add "$device" type dummy 2>/dev/null || ip link add "$device" type veth
  ip link set "$device" up
done
exec "$KEEPALIVED" -t -f "$CONF"`;

/**
 * Lets keepalived test a file on a host that is not the director it is for: in a network namespace of its own, which has
 * the interfaces that the file names. Anybody may, where users may make namespaces (user_namespaces(7)).
 */
export async function testElsewhere(
  text: string,
  {
    interfaces,
    program = 'keepalived',
    env,
    uid,
  }: {
    interfaces: readonly string[];
    program?: string | undefined;
    env: Readonly<Record<string, string | undefined>>;
    uid: number;
  },
): Promise<ConfTest> {
  const folder = await mkdtemp(join(tmpdir(), 'lvsctl-test-'));
  const conf = join(folder, 'keepalived.conf');
  try {
    await writeFile(conf, text, { mode: 0o600 });
    const words = ['unshare', ...(uid === 0 ? [] : ['--map-root-user']), '--net', 'sh', '-c', SCRIPT];
    const result = await execInNetns(words, {
      env: { ...env, INTERFACES: interfaces.join(' '), KEEPALIVED: program, CONF: conf },
      timeoutSeconds: TEST_SECONDS,
    });
    if (result.failure !== undefined || result.timedOut || /^unshare:|not found$/m.test(result.stderr))
      throw new OperationError(`Cannot test keepalived.conf: ${result.stderr.trim() || result.message}`, {
        hints: ['keepalived, unshare (util-linux) and ip (iproute2) must be installed, and namespaces allowed.'],
      });
    return { output: result.stderr + result.stdout, exitCode: result.exitCode ?? null };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
