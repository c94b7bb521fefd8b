import { type HostFacts, known } from '../../src/doctor/facts.ts';
import { device, LO, pairSpec } from './healthy-host.ts';

/** The pair's spec, whose real server is 10.0.0.21. */
function served(service: string): string {
  return pairSpec({ service });
}

export const DR = served('forwarding: dr');
export const TUN = served('forwarding: tun');
export const GUE = served('forwarding: { tun: { type: gue, port: 6080 } }');
export const NAT = pairSpec().replace('vips: [203.0.113.10/24]', 'vips: [203.0.113.10/24, 10.0.0.1/24]');

/** The real server with these interfaces beside, or in place of, lo and eth0. */
export function serving(...devices: Parameters<typeof device>[]): Pick<HostFacts, 'interfaces'> {
  const own = device('eth0', ['10.0.0.21/24']);
  const names = devices.map(([name]) => name);
  const rest = [LO, own].filter(({ name }) => !names.includes(name));
  return { interfaces: known([...rest, ...devices.map((one) => device(...one))]) };
}

export const VIP_ON_LO: Parameters<typeof device> = ['lo', ['127.0.0.1/8', '203.0.113.10/32']];
