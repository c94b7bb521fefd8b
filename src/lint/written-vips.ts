import type { Address } from '../model/address.ts';
import type { Path } from '../spec/place.ts';
import type { VipSpec } from '../spec/schema/vrrp.ts';
import type { WrittenInstance } from './written-vrrp.ts';

/** A VIP of an instance, as it is written. */
export interface WrittenVip {
  readonly path: Path;
  readonly address: Address;
  /** Of the network that it is in; null: of its own. */
  readonly prefixLength: number | null;
  /** Of the long form only. */
  readonly interface?: string | undefined;
  readonly label?: string | undefined;
  readonly scope?: string | undefined;
}

/** Those in the adverts and the others. */
export function writtenVips({ path, written }: WrittenInstance): readonly WrittenVip[] {
  return (['vips', 'excluded_vips'] as const).flatMap((key) =>
    (written[key] ?? []).map((vip, index) => toWritten(vip, [...path, key, index])),
  );
}

function toWritten(vip: VipSpec, path: Path): WrittenVip {
  if ('prefixLength' in vip) return { path, ...vip };
  return { path, ...vip, ...vip.address };
}
