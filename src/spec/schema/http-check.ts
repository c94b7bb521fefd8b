import { z } from 'zod';
import { safeText } from '../conf-scalars.ts';
import { flag, text, word } from '../scalars.ts';
import { hex } from './hex.ts';
import { statusRanges } from './status-ranges.ts';
import { tls } from './tls.ts';

/** What https has beyond http. */
export const httpTls = {
  sni: tls.sni.describe('Server name sent in the TLS greeting. Default: `host`.'),
  ca: tls.ca,
  verify: flag()
    .optional()
    .describe('Whether the certificate is verified. Default true; keepalived never does.')
    .meta({ default: true }),
};

/** What a question by HTTP is, and which answer is healthy. */
export const http = {
  path: safeText()
    .optional()
    .describe('Path and query that are asked for. Default /.')
    .meta({ default: '/', examples: ['/healthz'] }),
  method: word(['GET', 'HEAD', 'POST', 'OPTIONS'])
    .optional()
    .describe('Request method. Default GET.')
    .meta({ default: 'GET' }),
  host: safeText({ max: 255 })
    .optional()
    .describe('Host header. Default: the address of the real server.')
    .meta({ examples: ['www.example.com'] }),
  headers: z
    .record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/), text())
    .optional()
    .describe('More request headers, by name. Default: only those of HTTP, and a User-Agent that names who checks.'),
  status: statusRanges()
    .optional()
    .describe('Status that counts as healthy: a number, a list, or ranges such as "200-299,401". Default 200-299.')
    .meta({ default: '200-299', examples: [200, '200-299', [200, 204]] }),
  body: text()
    .optional()
    .describe(
      'Regular expression that is looked for in the first MiB of the body, for 100ms at most; keepalived looks in the headers too. Default: any body.',
    ),
  digest: hex({ digits: [32, 64] })
    .optional()
    .describe('Digest of the body in hex, MD5 (32 digits, as keepalived) or SHA-256 (64). Default: not compared.'),
  protocol: word(['1.0', '1.1', '2'])
    .optional()
    .describe('HTTP version, as quoted text. Default "1.1"; "2" needs https and ALPN.')
    .meta({ default: '1.1' }),
};
