import { type Fact, known, unknown } from '../doctor/facts.ts';
import { type Listing, listing } from './facts/look-at-all.ts';

// What this kernel does not have is left out of the listing, and makes the status 2.
const SCRIPT = `cd /proc/sys && grep -sH '' net/ipv4/ip_forward net/ipv6/conf/all/forwarding net/ipv4/vs/* \
  net/ipv4/conf/*/rp_filter net/ipv4/conf/*/arp_ignore net/ipv4/conf/*/arp_announce net/ipv4/conf/*/send_redirects \
  net/ipv4/conf/*/proxy_arp net/ipv4/conf/*/proxy_arp_pvlan; test $? != 127`;

/** The kernel parameters that concern a load balancer, by name as sysctl(8) has it. */
export const SYSCTLS: Listing<ReadonlyMap<string, string>> = listing(['sh', '-c', SCRIPT], readAll);

function readAll(output: Fact<string>): Fact<ReadonlyMap<string, string>> {
  if (output.known && output.value !== '') return known(readValues(output.value));
  return unknown(
    `The kernel parameters below /proc/sys/net could not be read${output.known ? '' : ': grep is missing'}`,
  );
}

/** Lines `net/ipv4/conf/eth0.7/rp_filter:1`. */
export function readValues(text: string): ReadonlyMap<string, string> {
  const pairs = text.split('\n').flatMap((line) => {
    const at = line.indexOf(':');
    return at < 0 ? [] : [[nameOf(line.slice(0, at)), line.slice(at + 1)] as const];
  });
  return new Map(pairs);
}

/** Dots for slashes; a dot that is part of an interface's name becomes a slash. */
function nameOf(path: string): string {
  return path.replace(/[./]/g, (sign) => (sign === '.' ? '/' : '.'));
}
