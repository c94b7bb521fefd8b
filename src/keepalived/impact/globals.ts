import type { Impact } from '../../model/conf-change.ts';
import type { ReadConf, ReadItem } from '../read-conf.ts';
import type { ImpactContext } from './context.ts';
import { globalsOf, has, linesIn, wordsOf } from './in-block.ts';
import { changeText, listed } from './wording.ts';

interface Sides {
  readonly before: ReadConf;
  readonly after: ReadConf;
}

/** What holds for keepalived as a whole, and is not simply taken over. */
export function globalImpacts(sides: Sides, { handedOver = [] }: ImpactContext): Impact[] {
  const before = globalsOf(sides.before.items);
  const after = globalsOf(sides.after.items);
  return [
    ...refusedReload(sides, { before, after }),
    ...forgottenTimeouts(before, after),
    ...syncDaemon(before, after),
    ...staticAddresses(sides),
    ...(handedOver.length > 0 && has(after, 'lvs_flush') ? [FLUSHED] : []),
  ];
}

/** Outside every block, and in global_defs (main.c: reload_config). */
const FIXED = ['net_namespace', 'net_namespace_ipvs', 'instance'] as const;
const FIXED_GLOBALS = ['nftables', 'nftables_ipvs', 'tmp_config_directory', 'disable_local_igmp'] as const;

/** What a keyword alone stands for. */
const USUAL: Readonly<Record<string, string>> = { nftables: 'keepalived', nftables_ipvs: 'keepalived_ipvs' };

/** With one of them changed keepalived takes nothing of the new file, and goes on with the former one. */
function refusedReload(sides: Sides, globals: { before: readonly ReadItem[]; after: readonly ReadItem[] }): Impact[] {
  const changes = [
    ...FIXED.map((keyword) => [keyword, sides.before.items, sides.after.items] as const),
    ...FIXED_GLOBALS.map((keyword) => [keyword, globals.before, globals.after] as const),
  ].flatMap(([keyword, before, after]) => {
    const [was, is] = [settingOf(before, keyword), settingOf(after, keyword)];
    return was === is ? [] : [changeText(keyword, was, is)];
  });
  if (changes.length === 0) return [];
  return [
    {
      level: 'note',
      kind: 'reload-refused',
      subject: 'keepalived',
      message: `keepalived refuses the whole file until it is restarted (${listed(changes)}), and goes on with the one it has`,
      hint: 'systemctl restart keepalived, which takes the VIPs off for a while',
    },
  ];
}

function settingOf(items: readonly ReadItem[], keyword: string): string {
  const words = wordsOf(items, keyword);
  return words === undefined ? '' : (words[0] ?? USUAL[keyword] ?? 'on');
}

function forgottenTimeouts(before: readonly ReadItem[], after: readonly ReadItem[]): Impact[] {
  const [was, is] = [wordsOf(before, 'lvs_timeouts') ?? [], wordsOf(after, 'lvs_timeouts') ?? []];
  const gone = ['tcp', 'tcpfin', 'udp'].filter((name) => was.includes(name) && !is.includes(name));
  if (gone.length === 0) return [];
  const message = `The idle time-outs of IPVS that are no longer set (${listed(gone)}) go back to what they were when keepalived started`;
  return [{ level: 'note', kind: 'timeouts-reset', subject: 'lvs_timeouts', message }];
}

function syncDaemon(before: readonly ReadItem[], after: readonly ReadItem[]): Impact[] {
  const [was, is] = [wordsOf(before, 'lvs_sync_daemon'), wordsOf(after, 'lvs_sync_daemon')];
  if (was === undefined || was.join(' ') === is?.join(' ')) return [];
  const message =
    is === undefined
      ? 'Connections are no longer synchronized with the other directors'
      : 'The connection sync of IPVS is started anew, and the other directors must have it alike';
  return [{ level: 'note', kind: 'sync-daemon-changed', subject: 'lvs_sync_daemon', message }];
}

/** Addresses that keepalived puts on whatever the state of its instances is. */
function staticAddresses({ before, after }: Sides): Impact[] {
  const stay = staticsOf(after);
  return staticsOf(before)
    .filter((address) => !stay.includes(address))
    .map((address) => ({
      level: 'disruptive',
      kind: 'static-address-removed',
      subject: address,
      message: `The static address ${address} is taken off`,
    }));
}

function staticsOf({ items }: ReadConf): readonly string[] {
  return linesIn(items, 'static_ipaddress').flatMap(([address]) => address ?? []);
}

/** What a new checker process does first; on a reload proper it does not (check_daemon.c: start_check). */
const FLUSHED: Impact = {
  level: 'disruptive',
  kind: 'table-flushed',
  subject: 'lvs_flush',
  message:
    'keepalived deletes all services of the kernel, those of others too, since services leave it for lvsctl and lvs_flush is set',
  hint: 'remove lvs_flush first',
};
