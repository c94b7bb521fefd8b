import { addressSortKey } from '../model/address.ts';
import type { Director } from '../model/director.ts';
import { sortBy } from '../model/table.ts';
import { filled, optional, present, type Item, statement } from './block.ts';
import type { OwnInstance } from './own-instances.ts';

/** Where adverts come from and go to. Every director lists all the others, so that each hears each. */
export function advertStatements({ instance, member }: OwnInstance, director: Director): Item[] {
  const { unicast, multicastGroup } = instance;
  if (unicast === null)
    return [...optional('mcast_src_ip', member.source?.text), ...optional('mcast_dst_ip', multicastGroup?.text)];
  const peers = peersOf({ instance, member }, director);
  return [
    ...optional('unicast_src_ip', member.source?.text),
    ...filled(
      'unicast_peer',
      peers.map((peer) => statement(peer)),
    ),
    // keepalived complains of a TTL without peers (vrrp_end_handler).
    ...(peers.length === 0 ? [] : optional('unicast_ttl', unicast.ttl)),
    ...present('check_unicast_src', unicast.checkSource),
    // Without this an instance that has no peer speaks multicast (vrrp_complete_instance).
    ...present('unicast_fault_no_peer', unicast.faultWithoutPeer),
  ];
}

/** Never an own address: keepalived would hear itself, and does not notice. */
function peersOf({ instance, member }: OwnInstance, director: Director): string[] {
  const others = instance.members.filter((other) => other.director !== member.director);
  const addresses = [...others.flatMap(({ source }) => source ?? []), ...(instance.unicast?.peers ?? [])];
  const own = [director.address.text, member.source?.text];
  const peers = new Set(addresses.map(({ text }) => text).filter((text) => !own.includes(text)));
  return sortBy([...peers], addressSortKey);
}
