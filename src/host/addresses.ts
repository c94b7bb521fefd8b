import { OperationError } from '../errors.ts';
import { execInNetns, type NetnsOptions } from './in-netns.ts';

/** All addresses of all interfaces of a network namespace, as `ip` prints them, which is canonical. */
export async function hostAddresses(options: NetnsOptions): Promise<string[]> {
  const result = await execInNetns(['ip', '-j', 'addr'], { ...options, timeoutSeconds: 20 });
  if (result.exitCode !== 0)
    throw new OperationError(`Cannot list the addresses of this host: ${result.stderr.trim() || result.message}`);
  const links = JSON.parse(result.stdout) as readonly { readonly addr_info?: readonly { readonly local?: string }[] }[];
  return links.flatMap(({ addr_info = [] }) => addr_info.flatMap(({ local }) => local ?? []));
}
