import { type ForwardingMethod, SITE_GROUPS } from './site-plan.ts';

const CHECK = '{ tcp: {}, interval: 2s, timeout: 1s, fall: 2 }';

/** The spec of the demo's site, as it is at some point of the story. */
export function demoSpec(
  at: {
    readonly withoutServer?: string;
    readonly natScheduler?: string;
    readonly tunWeight?: number;
    readonly checked?: boolean;
  } = {},
): string {
  const services = (Object.keys(SITE_GROUPS) as ForwardingMethod[]).map((method) => serviceText(method, at));
  return `version: 1\ncluster: demo\ntimeouts: { tcp_fin: 3s }\ndefaults: { check: ${at.checked ? CHECK : 'none'}, drain: 30s }\nservices:\n${services.join('')}`;
}

function serviceText(method: ForwardingMethod, at: Parameters<typeof demoSpec>[0] = {}): string {
  const { vips, servers } = SITE_GROUPS[method];
  const scheduler = method === 'nat' ? (at.natScheduler ?? 'rr') : 'wrr';
  const lines = servers
    .filter(({ name }) => name !== at.withoutServer)
    .map(
      ({ name, addresses, port }) =>
        `      ${name}: { address: ${addresses.ipv4}${port === 80 ? '' : `, port: ${port}`}${weightText(name, at)} }\n`,
    );
  return `  ${method}:\n    vip: ${vips.ipv4}\n    port: 80\n    scheduler: ${scheduler}\n    forwarding: ${method}\n    servers:\n${lines.join('')}`;
}

function weightText(name: string, { tunWeight }: { readonly tunWeight?: number }): string {
  return name === 'tun-1' && tunWeight !== undefined ? `, weight: ${tunWeight}` : '';
}
