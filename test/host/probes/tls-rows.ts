import type { TlsProbe } from '../../../src/model/check.ts';
import { AUTHORITY } from './certificates.ts';

/** TLS by a certificate of the test authority, which must be for the address that is asked. */
export const TRUSTED: TlsProbe = { sni: null, ca: AUTHORITY, verify: null };

/** What is found of a certificate; undefined: it is taken. */
export const CERTIFICATES: readonly {
  readonly what: string;
  readonly name: 'good' | 'expired' | 'self-signed';
  readonly asked?: Partial<TlsProbe>;
  readonly fault?: RegExp;
}[] = [
  { what: 'for the address that is asked', name: 'good' },
  { what: 'for the server name', name: 'good', asked: { sni: 'www.example.com' } },
  { what: 'for another name', name: 'good', asked: { sni: 'api.example.com' }, fault: /^certificate is for www\./ },
  { what: 'that has expired', name: 'expired', fault: /^certificate expired on 2026-01-02$/ },
  { what: 'that is self-signed', name: 'self-signed', fault: /^certificate is self-signed$/ },
  {
    what: 'of an unknown authority',
    name: 'good',
    asked: { ca: null },
    fault: /^certificate is of an unknown authority/,
  },
  { what: 'that is self-signed, unverified', name: 'self-signed', asked: { verify: false } },
  { what: 'that has expired, unverified', name: 'expired', asked: { verify: false } },
];
