import { isInNetwork, type Network, networkKey } from '../needs/network.ts';

/** Whether an address is in the network of another one. A network of one address has no others in it. */
export function isWithin(address: string, network: Network): boolean {
  return hasOthers(network) && isInNetwork(address, network);
}

function hasOthers({ address: { family }, prefixLength }: Network): boolean {
  return prefixLength > 0 && prefixLength < (family === 'ipv4' ? 32 : 128);
}

/** Finds the networks that an address is within by one look for each length of prefix, however many there are. */
export function networksAround<T extends Network>(networks: readonly T[]): (address: string) => readonly T[] {
  const lengths = new Set(networks.map(({ prefixLength }) => prefixLength));
  const byKey = Map.groupBy(networks.filter(hasOthers), ({ address, prefixLength }) =>
    networkKey(address.text, prefixLength),
  );
  return (address) => [...lengths].flatMap((length) => byKey.get(networkKey(address, length)) ?? []);
}
