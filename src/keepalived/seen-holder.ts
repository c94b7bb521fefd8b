import type { HandOver } from './hand-over.ts';

/** Who was seen to have an instance's VIPs once they had left this director. */
export type SeenHolder = { readonly instance: HandOver } /** A master sends adverts of its virtual_router_id. */ & (
  | { readonly kind: 'adverts'; readonly source: string; readonly priority: number }
  /** No adverts were heard or could be; all its VIPs answer ping. */
  | { readonly kind: 'answers' }
  | { readonly kind: 'nobody' }
  /** Neither could be looked at. */
  | { readonly kind: 'unknown'; readonly reasons: readonly string[] }
);

/** What nobody can see is no reason to take the VIPs back. */
export function mayBeHeld({ kind }: SeenHolder): boolean {
  return kind !== 'nobody';
}
