import { known, unknown } from '../../src/doctor/facts.ts';
import type { ModuleState } from '../../src/doctor/facts.ts';
import { healthy, pairSpec } from './healthy-host.ts';
import type { Row } from './row.ts';

function modules(states: Readonly<Record<string, ModuleState>>) {
  return { modules: new Map(Object.entries(states).map(([name, state]) => [name, known(state)] as const)) };
}

function without(program: string, ...managers: string[]) {
  const programs = new Map(healthy().programs);
  for (const name of [program, ...managers]) programs.set(name, null);
  return { programs };
}

const SYNC = 'connection_sync: { interface: eth0, role: vrrp, instance: web }';
const TUNNEL = (type: string) => pairSpec({ service: `forwarding: { tun: ${type} }` });
const TWOS = pairSpec().replace('scheduler: rr', 'scheduler: twos');

/** 1xx: programs and kernel. */
export const KERNEL_ROWS: readonly Row[] = [
  {
    rule: 'DOC101',
    claim: 'ip_vs that the kernel does not have',
    facts: modules({ ip_vs: 'missing', ip_vs_rr: 'missing' }),
    seen: ['ip_vs is not loaded, and there is no module of that name for the kernel 6.1.0-25-amd64'],
    fix: [],
  },
  {
    rule: 'DOC101',
    claim: 'ip_vs that may not be loaded',
    facts: modules({ ip_vs: 'blocked' }),
    seen: ['modprobe is told not to load ip_vs (`install ip_vs /bin/false` or the like in modprobe.d)'],
    fix: ['modprobe --ignore-install ip_vs'],
  },
  { rule: 'DOC101', claim: 'ip_vs that is loaded when it is needed', facts: modules({ ip_vs: 'loadable' }), seen: [] },
  {
    rule: 'DOC102',
    claim: 'a scheduler that the kernel was built without',
    facts: modules({ ip_vs: 'loaded', ip_vs_twos: 'missing' }),
    spec: TWOS,
    seen: ['There is no module ip_vs_twos for the kernel 6.1.0-25-amd64'],
    fix: [],
  },
  {
    rule: 'DOC102',
    claim: 'a scheduler that is younger than the kernel',
    facts: { ...modules({ ip_vs: 'loaded', ip_vs_twos: 'missing' }), kernelRelease: '5.10.0-28-amd64' },
    spec: TWOS,
    seen: ['There is no module ip_vs_twos for the kernel 5.10.0-28-amd64; it came with Linux 5.12'],
  },
  {
    rule: 'DOC102',
    claim: 'a scheduler that may not be loaded',
    facts: modules({ ip_vs: 'loaded', ip_vs_rr: 'blocked' }),
    seen: ['modprobe is told not to load ip_vs_rr'],
    fix: ['modprobe --ignore-install ip_vs_rr'],
  },
  {
    rule: 'DOC102',
    claim: 'a persistence engine that is missing',
    facts: modules({ ip_vs: 'loaded', ip_vs_rr: 'loaded', ip_vs_pe_sip: 'missing' }),
    spec: `${pairSpec()}  sip: { vip: 203.0.113.10, port: 5060, protocol: udp, scheduler: rr, forwarding: nat, persistence: { timeout: 60s, engine: sip }, check: none, servers: { sip-1: 10.0.0.31 } }\n`,
    seen: ['There is no module ip_vs_pe_sip for the kernel 6.1.0-25-amd64'],
  },
  {
    rule: 'DOC102',
    claim: 'schedulers where ip_vs itself is missing, which is for DOC101',
    facts: modules({ ip_vs: 'missing', ip_vs_rr: 'missing' }),
    seen: [],
  },
  { rule: 'DOC102', claim: 'a scheduler that can be loaded', facts: modules({ ip_vs_rr: 'loadable' }), seen: [] },
  {
    rule: 'DOC103',
    claim: 'connection sync by keepalived before ip_vs is loaded',
    facts: modules({ ip_vs: 'loadable' }),
    spec: pairSpec({ more: SYNC }),
    seen: ['ip_vs is not loaded'],
    fix: ['modprobe ip_vs'],
  },
  { rule: 'DOC103', claim: 'connection sync with ip_vs loaded', facts: {}, spec: pairSpec({ more: SYNC }), seen: [] },
  {
    rule: 'DOC103',
    claim: 'ip_vs not loaded where keepalived starts no sync',
    facts: modules({ ip_vs: 'loadable' }),
    seen: [],
  },
  {
    rule: 'DOC104',
    claim: 'tunnels that are younger than the kernel',
    facts: { kernelRelease: '5.2.0' },
    spec: TUNNEL('{ type: gre }'),
    seen: ['The kernel is 5.2.0'],
    fix: [],
  },
  {
    rule: 'DOC104',
    claim: 'gue with Linux 5.2',
    facts: { kernelRelease: '5.2.0' },
    spec: TUNNEL('{ type: gue, port: 6080 }'),
    seen: [],
  },
  {
    rule: 'DOC105',
    claim: 'a process without rights',
    facts: { rights: known({ capabilities: ['CAP_NET_RAW'], isInitialUserNamespace: true }) },
    seen: ['lvsctl runs without CAP_NET_ADMIN'],
    fix: ['sudo lvsctl doctor'],
  },
  {
    rule: 'DOC105',
    claim: 'root of a user namespace',
    facts: { rights: known({ capabilities: ['CAP_NET_ADMIN', 'CAP_NET_RAW'], isInitialUserNamespace: false }) },
    seen: ['lvsctl runs in a user namespace of its own'],
    fix: [],
  },
  { rule: 'DOC105', claim: 'root', facts: {}, seen: [] },
  {
    rule: 'DOC106',
    claim: 'programs that are not installed, on Debian',
    facts: {
      programs: new Map([
        ['ip', '/bin/ip'],
        ['ipvsadm', null],
        ['keepalived', null],
        ['apt-get', '/usr/bin/apt-get'],
      ]),
    },
    seen: ['ipvsadm is not on the PATH', 'keepalived is not on the PATH'],
    fix: ['apt-get install -y ipvsadm', 'apt-get install -y keepalived'],
  },
  {
    rule: 'DOC106',
    claim: 'ip that is not installed, where no package manager is known',
    facts: without('ip', 'apt-get'),
    seen: ['ip is not on the PATH'],
    fix: [],
  },
  { rule: 'DOC106', claim: 'all programs', facts: {}, seen: [] },
  {
    rule: 'DOC107',
    claim: 'an old ipvsadm, on RHEL',
    facts: {
      ipvsadmVersion: known('1.29'),
      programs: new Map([
        ['ipvsadm', '/sbin/ipvsadm'],
        ['dnf', '/usr/bin/dnf'],
      ]),
    },
    seen: ['ipvsadm is 1.29'],
    fix: ['dnf install -y ipvsadm'],
  },
  { rule: 'DOC107', claim: 'a newer ipvsadm', facts: { ipvsadmVersion: known('1.32') }, seen: [] },
  {
    rule: 'DOC107',
    claim: 'no ipvsadm, which is for DOC106',
    facts: { ...without('ipvsadm'), ipvsadmVersion: unknown('not there') },
    seen: [],
  },
  {
    rule: 'DOC108',
    claim: 'a keepalived older than the spec wants',
    facts: { keepalivedVersion: known('2.1.5') },
    seen: ['keepalived is 2.1.5'],
    fix: ['apt-get install -y keepalived'],
  },
  {
    rule: 'DOC108',
    claim: 'a keepalived older than the version that the spec names',
    facts: {},
    spec: pairSpec({ more: 'keepalived: { version: 2.3.1 }' }),
    seen: ['keepalived is 2.2.7'],
  },
  { rule: 'DOC108', claim: 'a newer keepalived', facts: { keepalivedVersion: known('2.10.0') }, seen: [] },
  {
    rule: 'DOC109',
    claim: 'a clock that nobody holds',
    facts: { clockIsSynchronised: known(false) },
    seen: ['The clock is not synchronised'],
    fix: ['timedatectl set-ntp true'],
  },
  { rule: 'DOC109', claim: 'a clock that NTP holds', facts: {}, seen: [] },
];
