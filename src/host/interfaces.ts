import type { Fact, Interface, InterfaceAddress } from '../doctor/facts.ts';
import { parseAddress } from '../model/address.ts';
import { look, readJson } from './facts/look.ts';
import type { NetnsOptions } from './in-netns.ts';

/** The interfaces of a network namespace with their addresses. */
export async function readInterfaces(place: NetnsOptions): Promise<Fact<readonly Interface[]>> {
  return readJson(await look(['ip', '-d', '-j', 'address'], place), (links) => (links as IpLink[]).map(toInterface));
}

/** As `ip -d -j address` prints it. */
interface IpLink {
  readonly ifname: string;
  readonly flags: readonly string[];
  readonly mtu: number;
  readonly link_type: string;
  readonly address?: string;
  readonly linkinfo?: { readonly info_kind?: string; readonly info_data?: { readonly local?: string } };
  readonly addr_info?: readonly { readonly local?: string; readonly prefixlen?: number }[];
}

function toInterface(link: IpLink): Interface {
  const { ifname, flags, mtu, link_type, linkinfo, addr_info = [] } = link;
  return {
    name: ifname,
    kind: linkinfo?.info_kind ?? null,
    isUp: flags.includes('UP'),
    // Only what has a carrier says so when it is lost.
    hasCarrier: !flags.includes('NO-CARRIER'),
    isLoopback: flags.includes('LOOPBACK'),
    mtu,
    mac: link_type === 'ether' ? (link.address?.toLowerCase() ?? null) : null,
    addresses: addr_info.flatMap(toAddress),
    tunnelLocal: parseAddress(linkinfo?.info_data?.local ?? '')?.text ?? null,
  };
}

function toAddress({ local = '', prefixlen = 0 }: { local?: string; prefixlen?: number }): InterfaceAddress[] {
  const address = parseAddress(local);
  return address === undefined ? [] : [{ ...address, prefixLength: prefixlen }];
}
