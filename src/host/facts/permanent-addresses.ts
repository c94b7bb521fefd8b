import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fact, known, type PermanentAddress, unknown } from '../../doctor/facts.ts';
import { parseAddress } from '../../model/address.ts';
import { describeSystemError, systemErrorCode } from '../system-error.ts';
import { matchingFiles } from './matching-files.ts';

/** Where ifupdown, networkd, netplan, NetworkManager and the scripts of RHEL and SUSE keep the network's configuration. */
const FILES = [
  'etc/network/interfaces',
  'etc/network/interfaces.d/*',
  'etc/systemd/network/*.network',
  'etc/systemd/network/*.network.d/*.conf',
  'etc/netplan/*.yaml',
  'etc/NetworkManager/system-connections/*',
  'etc/sysconfig/network-scripts/ifcfg-*',
  'etc/sysconfig/network/ifcfg-*',
];

/** The files under `root` that name one of these addresses outside of comments. */
export async function readPermanentAddresses(
  wanted: readonly string[],
  root: string,
): Promise<Fact<readonly PermanentAddress[]>> {
  const found: PermanentAddress[] = [];
  try {
    for (const name of await matchingFiles(FILES, root)) {
      const file = join(root, name);
      const named = addressesIn(await readText(file));
      found.push(...wanted.filter((address) => named.has(address)).map((address) => ({ address, file })));
    }
  } catch (error) {
    return unknown(`The network's configuration could not be read: ${describeSystemError(error)}`);
  }
  return known(found);
}

/** Patterns find folders as well. */
async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'EISDIR') return '';
    throw error;
  });
}

function addressesIn(text: string): ReadonlySet<string> {
  const words = text.replace(/^\s*[#;].*$|\s#.*$/gm, '').split(/[^0-9a-fA-F:.]+/);
  return new Set(words.flatMap((word) => parseAddress(word)?.text ?? []));
}
