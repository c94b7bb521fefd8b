import { type Advert, type Fact, known, unknown } from '../../doctor/facts.ts';
import { parseAddress } from '../../model/address.ts';
import { execInNetns, type NetnsOptions } from '../in-netns.ts';
import { whyNot } from './look.ts';

/** tcpdump with the arguments, for so many seconds from when it says that it listens. */
const SCRIPT = `seconds=$1; shift
{ tcpdump "$@" 2>&1 & echo $!; wait; } | {
  read -r pid
  while read -r line; do
    printf '%s\\n' "$line"
    case $line in "listening on"*) { sleep "$seconds"; kill "$pid"; } & esac
  done
}`;

const START_SECONDS = 30;

/** Listens for VRRP adverts that come in, by multicast or to this host, for so long. */
export async function hearAdverts(seconds: number, place: NetnsOptions): Promise<Fact<readonly Advert[]>> {
  const filter = 'ip proto 112 or ip6 proto 112';
  const args = ['-i', 'any', '-Q', 'in', '-n', '-l', '--immediate-mode', filter];
  const command = ['sh', '-c', SCRIPT, 'sh', String(seconds), ...args];
  const result = await execInNetns(command, { ...place, timeoutSeconds: seconds + START_SECONDS });
  if (/^listening on/m.test(result.stdout)) return known(advertsIn(result.stdout));
  const [said] = result.stdout.trim().split('\n');
  const reason = said?.endsWith('not found') ? 'tcpdump is not installed' : said || whyNot(['tcpdump'], result);
  return unknown(`Adverts could not be listened for: ${reason}`);
}

/** As tcpdump prints them. */
export function advertsIn(listing: string): readonly Advert[] {
  return listing.split('\n').flatMap(toAdvert);
}

/** `14:45:20.347212 eth0  M   IP 192.0.2.11 > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio 150, …` */
function toAdvert(line: string): Advert[] {
  const found = /^\S+ (\S+) +\S+ +IP6? (\S+) > .*VRRPv\d, Advertisement, (?:\S+ )?vrid (\d+), prio (\d+)/.exec(line);
  const source = parseAddress(found?.[2] ?? '');
  if (found === null || source === undefined) return [];
  const [, device = '', , virtualRouterId, priority] = found;
  return [{ interface: device, source, virtualRouterId: Number(virtualRouterId), priority: Number(priority) }];
}
