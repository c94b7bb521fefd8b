// Texts that a reader of YAML, or a look at every pair of things, would choke on; and specs as large as is read.

const WEB = 'vip: 192.0.2.1, port: 80, forwarding: nat, check: none, servers: { a: 10.0.0.1 }';
const BARE = 'forwarding: nat, check: none, servers: { a: 10.0.0.1 }';
const PAIR =
  'directors: { lb1: { address: 192.0.2.11, interface: eth0 }, lb2: { address: 192.0.2.12, interface: eth0 } }';
const PRIORITY = 'priority: { lb1: 150, lb2: 100 }';

/** An address for each number. */
const ip = (at: number, first = 10) => `${first}.${at >> 16}.${(at >> 8) & 255}.${at & 255}`;
const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => row(at)).join('');

export const HOSTILE_TEXTS: readonly (readonly [what: string, text: string])[] = [
  [
    'an alias bomb',
    `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghi'].map((letter, at) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(', ')}]\n`).join('')}`,
  ],
  ['an alias of what it stands in', 'version: 1\nservices: &all { web: &web { pool: *web, servers: *all } }\n'],
  [
    'merge keys of merge keys',
    `version: 1\nservices:\n${rows(10_000, (at) => `  s${at}: &s${at} { <<: *s${at - 1} }\n`)}`,
  ],
  ['50,000 brackets', '['.repeat(50_000)],
  ['2,000 levels of indentation', rows(2000, (depth) => `${' '.repeat(depth)}a:\n`)],
  ['a scalar of 1 MB', `version: 1\ncluster: ${'x'.repeat(1_000_000)}\n`],
  [
    '100,000 unknown keys of one service',
    `version: 1\nservices: { web: { ${WEB}, ${rows(100_000, (at) => `k${at}: 1, `)} } }\n`,
  ],
  ['20,000 times the same key', `version: 1\nservices:\n${`  web: { ${WEB} }\n`.repeat(20_000)}`],
  ['20,000 comments to lint', `version: 1\n${'# lvsctl-disable-next-line LVS202 -- x\n'.repeat(20_000)}`],
  ['a megabyte of closing brackets', `a: ${']'.repeat(1_000_000)}`],
  ['a megabyte of quotes', `a: ${'"a"'.repeat(330_000)}`],
  ['8 MiB that are no letters', `version: 1\ncluster: ${'\u001b\0'.repeat(4_000_000)}\n`],
  ['5,000 VIPs of one instance', `vrrp: { web: { virtual_router_id: 1, vips: [${'192.0.2.1/24, '.repeat(5000)}] } }\n`],
  ['140,000 unknown sections', `version: 1\n${rows(140_000, (at) => `k${at}: 1\n`)}`],
  ['140,000 keys that are empty', ': \n'.repeat(140_000)],
  ['100,000 lines with a key twice, ended as on Windows', 'a: 1\r\n'.repeat(100_000)],
  [
    '900 misspelt names of rules',
    `version: 1\nlint: { rules: { ${rows(900, (at) => `duplicate-vip${at}: off, `)} } }\n`,
  ],
  ['256 directors of 200 instances', cluster(256, 200)],
  ['1,000 directors of one instance', cluster(1000, 1)],
  ['250 directors of one instance', cluster(250, 1)],
  ['8,000 VRRP instances', `version: 1\n${PAIR}\nvrrp:\n${rows(8000, instance)}`],
  ['5,000 VRRP instances', `version: 1\n${PAIR}\nvrrp:\n${rows(5000, instance)}`],
  [
    '2,000 VRRP instances with one number',
    `version: 1\n${PAIR}\nvrrp:\n${rows(2000, (at) => instance(at).replace(/id: \d+, interface: \w+/, 'id: 1'))}`,
  ],
  ['1,000 VRRP instances in one sync group', synced(1000, (names) => `  all: { instances: [${names.join(', ')}] }\n`)],
  [
    '5,000 sync groups of the same two instances',
    synced(2, (names) => rows(5000, (at) => `  g${at}: { instances: [${names.join(', ')}] }\n`)),
  ],
  [
    '2,500 sync groups of two instances',
    synced(5000, (names) =>
      rows(2500, (at) => `  g${at}: { instances: [${names.slice(2 * at, 2 * at + 2).join(', ')}] }\n`),
    ),
  ],
  ['5,000 scripts that one instance follows', followed(5000, (at) => `/usr/local/bin/check ${at}`, -1)],
  ['5,000 gateways that one instance follows', followed(5000, (at) => `/usr/bin/ping -c 1 ${ip(at)}`, 0)],
  [
    '1,000 routes of one instance, each over an interface of its own',
    `version: 1\n${PAIR}\nvrrp: { web: { virtual_router_id: 1, vips: [192.0.2.1/24], ${PRIORITY}, routes: [${rows(1000, (at) => `'${ip(at)}/32 via 192.0.2.254 dev e${at}', `)}] } }\n`,
  ],
  [
    '10,000 services on one VIP of an instance',
    `version: 1\n${PAIR}\nvrrp: { web: { virtual_router_id: 1, vips: [192.0.2.1/24], ${PRIORITY} } }\nservices:\n${rows(10_000, (at) => `  s${at}: { vip: 192.0.2.1, port: ${at + 1}, ${BARE} }\n`)}`,
  ],
  [
    '10,000 services that depend on each other in a ring',
    `version: 1\nservices:\n${rows(10_000, (at) => `  s${at}: { fwmark: ${at + 1}, ${BARE}, depends_on: [s${(at + 1) % 10_000}] }\n`)}`,
  ],
  [
    '5,000 services that name pools that are not there',
    `version: 1\ndefaults: { forwarding: nat, check: none }\npools: { ${rows(900, (at) => `p${at}: { a: ${ip(at)} }, `)} }\nservices:\n${rows(5000, (at) => `  s${at}: { vip: ${ip(at, 20)}, port: 80, pool: q${at} }\n`)}`,
  ],
  [
    '5,000 services with one pool of 5,000 real servers',
    `version: 1\ndefaults: { forwarding: nat, check: none }\npools: { p: { ${rows(5000, (at) => `s${at}: ${ip(at)}, `)} } }\nservices:\n${rows(5000, (at) => `  s${at}: { vip: ${ip(at, 20)}, port: 80, pool: p }\n`)}`,
  ],
  [
    '20,000 real servers of one service, each with three findings',
    `version: 1\nservices: { web: { vip: 192.0.2.1, port: 80, scheduler: wrr, forwarding: dr, check: none, servers: {\n${rows(20_000, (at) => `    a${at}: { address: 10.0.0.1, port: 81, weight: 70000 },\n`)} } } }\n`,
  ],
  [
    '100,000 fwmark services',
    `version: 1\nservices:\n${rows(100_000, (at) => `  s${at}: { fwmark: ${at + 1}, ${BARE} }\n`)}`,
  ],
  [
    '20,000 aliases',
    `version: 1\nservices:\n  s: &s { fwmark: 1, ${BARE} }\n${rows(20_000, (at) => `  s${at}: *s\n`)}`,
  ],
  ['a command of 4 MB', followed(1, () => `/usr/bin/ping ${'a b '.repeat(1_000_000)}`, 0)],
];

/** The most that is read: nothing is wrong with them but their size. */
export const LARGE_SPECS: readonly (readonly [what: string, text: string])[] = [
  ['5,000 services of 20 real servers with an address', spec(5000, (name, address) => `      ${name}: ${address}\n`)],
  [
    '2,000 services of 20 real servers with a weight',
    spec(2000, (name, address) => `      ${name}: { address: ${address}, weight: 100 }\n`),
  ],
  [
    '2,000 services of 20 real servers, a line for each key',
    spec(2000, (name, address) => `      ${name}:\n        address: ${address}\n        weight: 100\n`),
  ],
];

function spec(services: number, server: (name: string, address: string) => string): string {
  const service = (at: number) =>
    `  web-${at}:\n    vip: ${ip(at, 20)}\n    port: 443\n    servers:\n${rows(20, (own) => server(`s${at}-${own}`, ip(at * 20 + own)))}`;
  return `version: 1\n${PAIR}\ndefaults: { forwarding: nat, check: { tcp: {} } }\nservices:\n${rows(services, service)}`;
}

function cluster(directors: number, instances: number): string {
  const director = (at: number) => `  lb${at}: { address: ${ip(at + 1)}, interface: eth0 }\n`;
  return `version: 1\ndirectors:\n${rows(directors, director)}vrrp:\n${rows(instances, (at) => `  v${at}: { virtual_router_id: ${at + 1}, vips: [${ip(at, 20)}/24] }\n`)}`;
}

function instance(at: number): string {
  return `  v${at}: { virtual_router_id: ${(at % 255) + 1}, interface: e${Math.floor(at / 255)}, vips: [${ip(at, 20)}/24], ${PRIORITY} }\n`;
}

function synced(instances: number, groups: (names: readonly string[]) => string): string {
  const names = Array.from({ length: instances }, (_, at) => `v${at}`);
  return `version: 1\n${PAIR}\nvrrp:\n${rows(instances, instance)}sync_groups:\n${groups(names)}`;
}

function followed(scripts: number, command: (at: number) => string, weight: number): string {
  const script = (at: number) => `    t${at}: { command: '${command(at)}', weight: ${weight} }\n`;
  const uses = rows(scripts, (at) => `t${at}: {}, `);
  return `version: 1\n${PAIR}\ntrack:\n  scripts:\n${rows(scripts, script)}vrrp: { web: { virtual_router_id: 1, vips: [192.0.2.1/24], ${PRIORITY}, track: { scripts: { ${uses} } } } }\n`;
}
