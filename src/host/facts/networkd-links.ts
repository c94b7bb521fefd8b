import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Fact, known, type NetworkdLink } from '../../doctor/facts.ts';
import { matchingFiles } from './matching-files.ts';

/** Which of these interfaces systemd-networkd configures, and by which file; `root` is `/`. */
export async function readNetworkdLinks(
  interfaces: readonly string[],
  root: string,
): Promise<Fact<readonly NetworkdLink[]>> {
  const links = await Promise.all(interfaces.map((name) => readLink(name, root)));
  return known(links.filter((link) => link !== null));
}

async function readLink(name: string, root: string): Promise<NetworkdLink | null> {
  const index = (await read(join(root, 'sys/class/net', name, 'ifindex'))).trim();
  const state = index === '' ? '' : await read(join(root, 'run/systemd/netif/links', index));
  const file = /^NETWORK_FILE=(.+)$/m.exec(state)?.[1];
  if (file === undefined) return null;
  const texts = await Promise.all([join(root, file), ...(await dropIns(file, root))].map(read));
  // The last one counts.
  const values = texts.flatMap((text) =>
    [...text.matchAll(/^\s*KeepConfiguration\s*=\s*(\S*)/gim)].map(([, value]) => value),
  );
  return { interface: name, file, keepsForeign: /^(static|yes|true|on|1)$/i.test(values.at(-1) ?? '') };
}

async function dropIns(file: string, root: string): Promise<string[]> {
  const pattern = `{usr/lib,usr/local/lib,run,etc}/systemd/network/${basename(file)}.d/*.conf`;
  const found = await matchingFiles([pattern], root);
  // By their names, wherever they are (systemd.network(5)).
  return found.sort((a, b) => (basename(a) < basename(b) ? -1 : 1)).map((name) => join(root, name));
}

async function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
