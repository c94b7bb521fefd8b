import { type Address, addressSortKey } from '../model/address.ts';

export interface Network {
  readonly address: Address;
  readonly prefixLength: number;
}

/** Whether an address, in canonical text, is in the network of another one. */
export function isInNetwork(address: string, { address: own, prefixLength }: Network): boolean {
  return networkKey(address, prefixLength) === networkKey(own.text, prefixLength);
}

/** The same text for all addresses of one network, and another one for every other: the family, and the bits of the prefix. */
export function networkKey(address: string, prefixLength: number): string {
  const key = addressSortKey(address);
  const bits = key
    .slice(1)
    .replace(/.{8}/g, (digits) => Number.parseInt(digits, 16).toString(2).padStart(32, '0'))
    .slice(0, prefixLength);
  return `${key[0]}/${bits}`;
}
