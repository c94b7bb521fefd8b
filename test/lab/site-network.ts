import { addressPair, SITE_GROUPS, SITE_SERVERS, type SiteServer } from './site-plan.ts';

/** A host of the site: its namespace, its links and what it sets up once they are there. */
interface Host {
  readonly name: string;
  readonly links: readonly {
    readonly device: string;
    readonly bridge: string;
    readonly addresses: readonly string[];
  }[];
  /** Lines for `ip -batch`. */
  readonly setup: readonly string[];
  /** Under /proc/sys/net. */
  readonly sysctls: Readonly<Record<string, number>>;
}

// A real server that holds the VIP must not answer for it (ip-sysctl.rst: arp_ignore, arp_announce). IPv6 needs nothing:
// the kernel answers a neighbour solicitation only for addresses of the interface that it came in by.
const QUIET_ABOUT_VIP = { 'ipv4/conf/all/arp_ignore': 1, 'ipv4/conf/all/arp_announce': 2 };

/** The shell script that builds the site's namespaces, links, addresses and routes. */
export function networkScript(prefix: string): string {
  const hosts = [client(), director(), ...SITE_SERVERS.map(realServer)];
  const network = `${prefix}network`;
  const links = hosts.flatMap((host) =>
    host.links.map(({ device, bridge }) => {
      const port = `${host.name}-${device}`;
      return [
        `link add ${port} netns ${network} type veth peer name ${device} netns ${prefix}${host.name}`,
        `-n ${network} link set ${port} master ${bridge} up`,
      ] as const;
    }),
  );
  return [
    'set -e',
    batch(
      'ip',
      [network, ...hosts.map((host) => prefix + host.name)].map((name) => `netns add ${name}`),
    ),
    batch(
      `ip -n ${network}`,
      ['lan1', 'lan2'].map((bridge) => `link add ${bridge} up type bridge`),
    ),
    batch(
      'ip',
      links.map(([add]) => add),
    ),
    batch(
      `ip -n ${network}`,
      links.map(([, attach]) => attach.replace(`-n ${network} `, '')),
    ),
    ...hosts.map((host) => hostScript(prefix, host)),
  ].join('\n');
}

/** The shell script that takes all of it away again. */
export function removalScript(prefix: string): string {
  const names = ['network', 'client', 'director', ...SITE_SERVERS.map((server) => server.name)];
  return batch(
    'ip',
    names.map((name) => `netns del ${prefix}${name}`),
  );
}

// One `ip` for many lines: in a guest, starting a program costs more than all it does.
function batch(command: string, lines: readonly string[]): string {
  return `${command} -batch - <<'END'\n${lines.join('\n')}\nEND`;
}

function hostScript(prefix: string, host: Host): string {
  const sysctls = {
    // Without this an IPv6 address cannot be used for its first second.
    'ipv6/conf/all/accept_dad': 0,
    'ipv6/conf/default/accept_dad': 0,
    ...host.sysctls,
  };
  const lines = [
    'link set lo up',
    ...host.links.flatMap(({ device, addresses }) => [
      ...addresses.map((address) => `addr add ${address} dev ${device}${addressFlags(address)}`),
      `link set ${device} up`,
    ]),
    ...host.setup,
  ];
  return [
    `nsenter --net=/run/netns/${prefix}${host.name} sh -e <<'HOST'`,
    ...Object.entries(sysctls).map(([name, value]) => `echo ${value} >/proc/sys/net/${name}`),
    batch('ip', lines),
    'HOST',
  ].join('\n');
}

// A deprecated VIP (as keepalived makes them) is never the source of what the director itself sends: ip_vs would tunnel
// from the VIP, and a real server drops packets from an address of its own.
function addressFlags(address: string): string {
  if (!address.includes(':')) return '';
  return address.endsWith('/128') ? ' nodad preferred_lft 0' : ' nodad';
}

function client(): Host {
  return { name: 'client', links: [link('eth0', 1, [10])], setup: [], sysctls: {} };
}

function director(): Host {
  const { nat, dr, tun } = SITE_GROUPS;
  const vips = [nat, dr, tun].flatMap(({ vips }) => [`${vips.ipv4}/32`, `${vips.ipv6}/128`]);
  const front = link('eth0', 1, [1]);
  return {
    name: 'director',
    links: [{ ...front, addresses: [...front.addresses, ...vips] }, link('eth1', 2, [1])],
    setup: [],
    sysctls: { 'ipv4/ip_forward': 1, 'ipv6/conf/all/forwarding': 1 },
  };
}

function realServer(server: SiteServer): Host {
  const host = Number(server.addresses.ipv4.split('.')[3]);
  const vips = SITE_GROUPS[server.method].vips;
  const network = server.method === 'nat' ? 2 : 1;
  const base = { name: server.name, links: [link('eth0', network, [host])] };
  if (server.method === 'nat') {
    // Replies must come back through the director, which alone knows the VIP they were sent to.
    const gateway = addressPair(2, 1);
    return {
      ...base,
      setup: [`route add default via ${gateway.ipv4}`, `route add default via ${gateway.ipv6}`],
      sysctls: {},
    };
  }
  const [device, device6] = server.method === 'dr' ? ['lo', 'lo'] : ['tunl0', 'ip6tnl0'];
  return {
    ...base,
    setup: [
      `link set ${device} up`,
      `link set ${device6} up`,
      `addr add ${vips.ipv4}/32 dev ${device}`,
      `addr add ${vips.ipv6}/128 dev ${device6} nodad`,
    ],
    sysctls: {
      ...QUIET_ABOUT_VIP,
      // What comes out of the tunnel has a source that is not reached by the tunnel.
      ...(server.method === 'tun' ? { 'ipv4/conf/all/rp_filter': 0, 'ipv4/conf/tunl0/rp_filter': 0 } : {}),
    },
  };
}

function link(device: string, network: 1 | 2, hosts: readonly number[]): Host['links'][number] {
  const addresses = hosts.map((host) => addressPair(network, host));
  return {
    device,
    bridge: `lan${network}`,
    addresses: addresses.flatMap(({ ipv4, ipv6 }) => [`${ipv4}/24`, `${ipv6}/64`]),
  };
}
