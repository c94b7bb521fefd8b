import type { Address } from './address.ts';
import type { Origin } from './origin.ts';

/** A host that runs IPVS and VRRP. */
export interface Director {
  readonly name: string;
  readonly origin: Origin;
  readonly address: Address;
  /** Where VRRP is spoken unless an instance says otherwise; null: every instance says it. */
  readonly interface: string | null;
  /** Its name in mails and SNMP. */
  readonly routerId: string;
  /** Raw lines for the end of its keepalived.conf. */
  readonly extra: readonly string[];
}
