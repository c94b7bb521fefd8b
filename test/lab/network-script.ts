/** A host of a network: its namespace, its links and what it sets up once they are there. */
export interface Host {
  readonly name: string;
  readonly links: readonly Link[];
  /** Lines for `ip -batch`. */
  readonly setup: readonly string[];
  /** Under /proc/sys/net. */
  readonly sysctls: Readonly<Record<string, number | string>>;
}

export interface Link {
  readonly device: string;
  readonly bridge: string;
  readonly addresses: readonly string[];
}

/** The namespace that holds the bridges; a host's cable ends there in a port of the name `host-device`. */
export const NETWORK = 'network';

/** The shell script that builds namespaces, bridges, links, addresses and routes for these hosts. */
export function networkScript(prefix: string, hosts: readonly Host[]): string {
  const network = prefix + NETWORK;
  const bridges = [...new Set(hosts.flatMap((host) => host.links.map(({ bridge }) => bridge)))];
  const cables = hosts.flatMap((host) =>
    host.links.map(({ device, bridge }) => ({ host: host.name, device, bridge, port: `${host.name}-${device}` })),
  );
  return [
    'set -e',
    batch(
      'ip',
      [network, ...hosts.map((host) => prefix + host.name)].map((name) => `netns add ${name}`),
    ),
    batch(
      `ip -n ${network}`,
      bridges.map((bridge) => `link add ${bridge} up type bridge`),
    ),
    batch(
      'ip',
      cables.map(
        ({ host, device, port }) =>
          `link add ${port} netns ${network} type veth peer name ${device} netns ${prefix}${host}`,
      ),
    ),
    batch(
      `ip -n ${network}`,
      cables.map(({ port, bridge }) => `link set ${port} master ${bridge} up`),
    ),
    ...hosts.map((host) => hostScript(prefix, host)),
  ].join('\n');
}

/** The shell script that takes all of it away again. */
export function removalScript(prefix: string, hosts: readonly Host[]): string {
  return batch(
    'ip',
    [NETWORK, ...hosts.map((host) => host.name)].map((name) => `netns del ${prefix}${name}`),
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
