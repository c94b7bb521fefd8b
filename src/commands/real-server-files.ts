import { join } from 'node:path';
import { OperationError } from '../errors.ts';
import { instructionsFor, type NeedyHost } from './choose-real-servers.ts';
import { type Format, realServerText } from './real-server-text.ts';

/** A file that was rendered; its path is relative to the output. */
export interface RenderedFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

export const SCRIPT_MODE = 0o755;
const TEXT_MODE = 0o644;

const EXTENSIONS = { script: '.sh', sysctl: '.conf', ifupdown: '.interfaces' } as const;

interface FileOptions {
  readonly format: Format;
  /** Of templates. */
  readonly folder: string | undefined;
  /** Whether no other host is written beside it. */
  readonly isOne: boolean;
}

/** The files of each host. Those for networkd lie as they do on the host: `etc/systemd/network/…`. */
export async function realServerFiles(
  hosts: readonly NeedyHost[],
  { format, folder, isOne }: FileOptions,
): Promise<readonly RenderedFile[]> {
  const names = fileNames(hosts);
  const files: RenderedFile[] = [];
  for (const [index, host] of hosts.entries()) {
    const name = names[index] ?? '';
    for (const instructions of instructionsFor([host])) {
      const text = await realServerText(instructions, format, folder);
      if (format === 'networkd') files.push(...splitFiles(text, isOne ? '.' : name));
      else {
        const mode = format === 'script' ? SCRIPT_MODE : TEXT_MODE;
        files.push({ path: `${name}${EXTENSIONS[format]}`, text, mode });
      }
    }
  }
  return files;
}

/** A name for each host that no other one has. */
function fileNames(hosts: readonly NeedyHost[]): readonly string[] {
  const names = hosts.map(({ host }) => (host.names[0] ?? '').replaceAll('/', '-'));
  return hosts.map(({ host }, index) => {
    const name = names[index] ?? '';
    const isOwn = names.indexOf(name) === names.lastIndexOf(name);
    return isOwn ? name : `${name}-${(host.addresses[0] ?? '').replaceAll(':', '-')}`;
  });
}

/** The files of one text, each of which begins with a line `### /PATH`. */
function splitFiles(text: string, directory: string): RenderedFile[] {
  return text
    .split(/^### (?=\/)/m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      const path = part.slice(0, end);
      if (!/^(\/(?!\.)[\w.@-]+)+$/.test(path))
        throw new OperationError(
          `The template realserver.network.eta names the file "${path}", which is no plain path`,
        );
      return { path: join(directory, path), text: `${part.slice(end).trim()}\n`, mode: TEXT_MODE };
    });
}
