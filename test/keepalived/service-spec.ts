/** What a spec with services of keepalived's stands on. */
export function serviceSpec(services: Readonly<Record<string, object>>): object {
  return {
    directors: { lb1: { address: '192.0.2.11', interface: 'eth0' } },
    keepalived: { script_user: 'root' },
    track: {
      files: { drain: { path: '/run/keepalived-drain' } },
      bfd: { peer: { neighbor: '192.0.2.2', source: '192.0.2.11' } },
    },
    defaults: { owner: 'keepalived', forwarding: 'nat', drain: 0, check: 'none' },
    services,
  };
}

/** One service with two real servers, the second of which nothing is said of; `index` makes its VIP. */
export function serviceOf(
  index: number,
  { service = {}, server = {} }: { readonly service?: object; readonly server?: object } = {},
): object {
  const at = 'fwmark' in service ? {} : { vip: vipOf(index), port: 80 };
  const servers = { a: { address: '10.0.0.1', ...server }, b: '10.0.0.2', c: '10.0.0.3' };
  return { ...at, servers, ...service };
}

export function vipOf(index: number): string {
  return `10.100.0.${index + 1}`;
}
