import type { TlsProbe } from '../../model/check.ts';
import type { Target } from './asked.ts';
import { untilAborted } from './deadline.ts';
import type { Secure } from './secure.ts';
import { authorities } from './trust.ts';

/** As a check has it: with a certificate for the server name or, where there is none, for the address that is asked. */
export async function secureBy(
  { sni, ca, verify }: TlsProbe,
  { target, alpn = null }: { readonly target: Target; readonly alpn?: string | null },
): Promise<Secure> {
  return {
    name: sni ?? target.address.text,
    trust: verify === false ? null : await untilAborted(authorities(ca), target.signal),
    alpn,
  };
}
