import assert from 'node:assert/strict';
import { examine } from '../../src/doctor/examine.ts';
import { type HostFacts, type Interface, type KeepalivedFacts, known } from '../../src/doctor/facts.ts';
import type { Diagnosis } from '../../src/doctor/finding.ts';
import { DIRECTOR_RULES, REAL_SERVER_RULES } from '../../src/doctor/rules.ts';
import { thisServer } from '../../src/doctor/serving.ts';
import { parseAddress } from '../../src/model/address.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { VrrpStatus } from '../../src/model/keepalived-status.ts';
import { loadSpec } from '../../src/spec/load.ts';

/** Two directors with one instance and a service by nat. `more` comes at the end. */
export function pairSpec({ service = '', more = '' }: { service?: string; more?: string } = {}): string {
  return `version: 1
directors:
  lb1: { address: 192.0.2.11, interface: eth0 }
  lb2: { address: 192.0.2.12, interface: eth0 }
vrrp:
  web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
services:
  web:
    { vip: 203.0.113.10, port: 80, scheduler: rr, ${service || 'forwarding: nat'}, check: none, servers: { web-1: 10.0.0.21 } }
${more}`;
}

export function desiredOf(text: string): Desired {
  const { problems, desired } = loadSpec([{ name: 'site.lvs.yaml', text }]);
  assert.deepEqual(problems, []);
  return desired;
}

export function device(name: string, addresses: readonly string[], rest: Partial<Interface> = {}): Interface {
  return {
    name,
    kind: null,
    isUp: true,
    hasCarrier: true,
    isLoopback: name === 'lo',
    mtu: 1500,
    mac: name === 'lo' ? null : '02:00:00:00:00:01',
    addresses: addresses.map((text) => {
      const [address = '', length] = text.split('/');
      return { ...(parseAddress(address) ?? assert.fail(text)), prefixLength: Number(length) };
    }),
    tunnelLocal: null,
    ...rest,
  };
}

export const LO = device('lo', ['127.0.0.1/8', '::1/128'], { mtu: 65536 });

export function status(rest: Partial<VrrpStatus> = {}): VrrpStatus {
  return {
    name: 'web',
    state: 'master',
    virtualRouterId: 51,
    interface: 'eth0',
    basePriority: 150,
    effectivePriority: 150,
    vips: ['203.0.113.10'],
    ...rest,
  };
}

/** keepalived as it runs, or with `pids: []`, as it does not. */
export function keepalived(rest: Partial<KeepalivedFacts> = {}): HostFacts['keepalived'] {
  return known({
    pidFile: '/run/keepalived.pid',
    filePid: 700,
    pids: [700],
    instances: known([status()]),
    conf: known({ files: ['/etc/keepalived/keepalived.conf'], services: [], flushes: [] }),
    ...rest,
  });
}

const SYSCTLS = { 'net.ipv4.ip_forward': '1', 'net.ipv4.vs.expire_nodest_conn': '1' };

export function sysctls(more: Readonly<Record<string, string>> = {}): HostFacts['sysctls'] {
  return known(new Map(Object.entries({ ...SYSCTLS, ...more })));
}

/** The director lb1 of `pairSpec` as master, with nothing wrong. */
export function healthy(rest: Partial<HostFacts> = {}): HostFacts {
  return {
    hostname: 'lb1',
    netns: null,
    kernelRelease: '6.1.0-25-amd64',
    hasSystemd: true,
    rights: known({ capabilities: ['CAP_NET_ADMIN', 'CAP_NET_RAW'], isInitialUserNamespace: true }),
    modules: new Map(['ip_vs', 'ip_vs_rr'].map((name) => [name, known('loaded')] as const)),
    programs: new Map([
      ...['ip', 'ipvsadm', 'keepalived', 'apt-get'].map((name) => [name, `/usr/sbin/${name}`] as const),
      ['dnf', null],
    ]),
    ipvsadmVersion: known('1.31'),
    keepalivedVersion: known('2.2.7'),
    clockIsSynchronised: known(true),
    sysctls: sysctls(),
    interfaces: known([LO, device('eth0', ['192.0.2.11/24', '203.0.113.10/24'])]),
    routes: known([]),
    neighbours: known([]),
    firewall: known([]),
    listeners: known([]),
    guePorts: known([]),
    permanentAddresses: known([]),
    networkdLinks: known([]),
    keepalived: keepalived(),
    adverts: null,
    arpAnswers: null,
    ...rest,
  };
}

export function examineDirector(facts: HostFacts, text = pairSpec(), name: string | null = 'lb1'): Diagnosis {
  const desired = desiredOf(text);
  const director = desired.directors.find((one) => one.name === name) ?? null;
  return examine({ facts, desired, director }, DIRECTOR_RULES);
}

export function examineServer(facts: HostFacts, text: string): Diagnosis {
  const desired = desiredOf(text);
  const addresses = facts.interfaces.known ? facts.interfaces.value.flatMap((one) => one.addresses) : [];
  const server =
    thisServer(
      desired,
      addresses.map((address) => address.text),
    ) ?? assert.fail('no real server');
  return examine({ facts, desired, server }, REAL_SERVER_RULES);
}
