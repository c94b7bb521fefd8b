/** A kernel parameter that a host needs, as sysctl.d(5) names it. */
export interface Sysctl {
  /** With dots: `net.ipv4.conf.all.arp_ignore`. A dot within an interface's name is a slash here, as in sysctl(8). */
  readonly name: string;
  readonly value: string;
  /** Other values that serve as well, and so are left alone. */
  readonly alsoFine: readonly string[];
  /** Why this host needs it: a sentence without a full stop. */
  readonly reason: string;
  readonly source: string;
}

/** Where it is, below /proc/sys. */
export function sysctlPath(name: string): string {
  return name.replace(/[./]/g, (sign) => (sign === '.' ? '/' : '.'));
}

export const IP_SYSCTL = 'Documentation/networking/ip-sysctl.rst';
export const IPVS_SYSCTL = 'Documentation/networking/ipvs-sysctl.rst';
