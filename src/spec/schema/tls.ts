import { z } from 'zod';
import { safeText } from '../conf-scalars.ts';
import { flag } from '../scalars.ts';

/** How a certificate is judged, wherever a check speaks TLS. */
export const tls = {
  sni: safeText({ max: 255 })
    .optional()
    .describe(
      'Server name sent in the TLS greeting, which the certificate must be for. Default: the address that is asked.',
    ),
  ca: safeText()
    .optional()
    .describe('File of CA certificates (PEM) that the server certificate must chain to. Default: the system store.'),
  verify: flag().optional().describe('Whether the certificate is verified. Default true.').meta({ default: true }),
};

/** For protocols that are spoken with TLS or without. */
export const optionalTls = z
  .union([flag(), z.strictObject(tls).meta({ title: 'tls' })], {
    error: 'must be true or false, or a mapping such as { sni: ldap.example.com }',
  })
  .meta({ id: 'OptionalTls', examples: [true, { sni: 'ldap.example.com', ca: '/etc/ssl/our-ca.pem' }] });

export type OptionalTlsSpec = z.output<typeof optionalTls>;
