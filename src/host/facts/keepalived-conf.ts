import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Fact, type KeepalivedConf, known, unknown } from '../../doctor/facts.ts';
import { parseAddress } from '../../model/address.ts';
import type { Protocol, ServiceAddress } from '../../model/table.ts';
import { describeSystemError } from '../system-error.ts';
import { matchingFiles } from './matching-files.ts';

const DEFAULT = '/etc/keepalived/keepalived.conf';

/** What the files of running keepalived say of IPVS. */
export async function readConf(pids: readonly number[]): Promise<Fact<KeepalivedConf>> {
  const files: string[] = [];
  const texts: string[] = [];
  try {
    for (const pid of pids) {
      const file = await confFile(pid);
      files.push(file);
      texts.push(await readWithIncludes(file, `/proc/${pid}/root`));
    }
  } catch (error) {
    return unknown(`${files.at(-1)} of the running keepalived could not be read: ${describeSystemError(error)}`);
  }
  return known({ files, ...readIpvs(texts) });
}

/** The virtual servers of such files, and their keywords that empty the table. */
export function readIpvs(texts: readonly string[]): Omit<KeepalivedConf, 'files'> {
  const read = texts.map(linesOf);
  return { services: read.flatMap(servicesIn), flushes: [...new Set(read.flatMap(flushesIn))] };
}

/** `lvs_flush_on_stop VS` takes its own services alone. */
function flushesIn(lines: readonly Line[]): readonly string[] {
  return lines.flatMap(([word = '', argument]) =>
    word === 'lvs_flush' || (word === 'lvs_flush_on_stop' && argument === undefined) ? [word] : [],
  );
}

/** By its command line: `keepalived -f FILE`. */
async function confFile(pid: number): Promise<string> {
  const [, ...args] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
  const at = args.findIndex((arg) => arg === '-f' || arg === '--use-file');
  const joined = args.map((arg) => /^(?:-f|--use-file=)(.+)$/.exec(arg)?.[1]).find((file) => file !== undefined);
  return (at < 0 ? joined : args[at + 1]) ?? DEFAULT;
}

// keepalived itself has no limit, and includes that go round kill it.
const MOST_DEPTH = 16;

async function readWithIncludes(file: string, root: string, depth = 0): Promise<string> {
  const lines = (await readFile(join(root, file), 'utf8')).split('\n');
  const parts = lines.map(async (line) => {
    const pattern = /^\s*include[rmwba]?\s+(\S+)/.exec(line)?.[1];
    if (pattern === undefined || depth === MOST_DEPTH) return line;
    const names = await matchingFiles([resolve(dirname(file), pattern).slice(1)], root);
    const texts = names.map((name) => readWithIncludes(`/${name}`, root, depth + 1));
    return (await Promise.all(texts)).join('\n');
  });
  return (await Promise.all(parts)).join('\n');
}

type Line = readonly string[];

/** Statements, a brace being one of its own, without comments. */
function linesOf(text: string): readonly Line[] {
  return text
    .replace(/[#!].*$/gm, '')
    .replace(/[{}]/g, '\n$&\n')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== '');
}

/** The virtual servers, and the entries of groups that are one. */
function servicesIn(lines: readonly Line[]): readonly ServiceAddress[] {
  return lines.flatMap(([keyword, ...args], at) => {
    if (keyword !== 'virtual_server') return [];
    const body = blockAfter(lines, at);
    const protocol = body.find(([word]) => word === 'protocol')?.[1]?.toLowerCase() ?? 'udp';
    const entries = args[0] === 'group' ? groupCalled(args[1] ?? '', lines) : [args];
    return entries.flatMap((entry) => toAddress(entry, { protocol: protocol as Protocol, body }));
  });
}

function groupCalled(name: string, lines: readonly Line[]): readonly Line[] {
  const at = lines.findIndex(([keyword, own]) => keyword === 'virtual_server_group' && own === name);
  return at < 0 ? [] : blockAfter(lines, at);
}

/** What stands in the braces behind a line, one deep. */
function blockAfter(lines: readonly Line[], at: number): readonly Line[] {
  const body: Line[] = [];
  let depth = 0;
  for (const line of lines.slice(at + 1)) {
    if (line[0] === '{') depth += 1;
    else if (line[0] === '}') depth -= 1;
    else if (depth === 1) body.push(line);
    if (depth === 0) return body;
  }
  return body;
}

/** `203.0.113.10 80`, `fwmark 7`. Ranges and networks stand for more than one, and are left out. */
function toAddress(
  [first = '', second = '0']: Line,
  { protocol, body }: { protocol: Protocol; body: readonly Line[] },
): ServiceAddress[] {
  if (first === 'fwmark') {
    const isSix = body.some(([word, family]) => word === 'ip_family' && family === 'inet6');
    return [{ kind: 'fwmark', family: isSix ? 'ipv6' : 'ipv4', mark: Number(second) }];
  }
  const address = parseAddress(first);
  if (address === undefined) return [];
  return [{ kind: 'address', family: address.family, protocol, vip: address.text, port: Number(second) }];
}
