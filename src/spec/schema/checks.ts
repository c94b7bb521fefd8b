import { z } from 'zod';
import { address } from '../addresses.ts';
import { duration, flag, integer, reference, text, word } from '../scalars.ts';
import { named } from './names.ts';

const port = () => integer({ min: 1, max: 65535 }).optional();
const tls = {
  sni: text({ max: 255 }).optional().describe('Server name sent in the TLS greeting. Default: `host`.'),
  ca: text()
    .optional()
    .describe('File of CA certificates (PEM) that the server certificate must chain to. Default: the system store.'),
  verify: flag().optional().describe('Whether the certificate is verified. Default true.').meta({ default: true }),
};

const http = {
  path: text()
    .optional()
    .describe('Path and query that are asked for. Default /.')
    .meta({ default: '/', examples: ['/healthz'] }),
  method: word(['GET', 'HEAD', 'POST', 'OPTIONS'])
    .optional()
    .describe('Request method. Default GET.')
    .meta({ default: 'GET' }),
  host: text({ max: 255 })
    .optional()
    .describe('Host header. Default: the address of the real server.')
    .meta({ examples: ['www.example.com'] }),
  headers: z
    .record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/), text())
    .optional()
    .describe('More request headers, by name.'),
  status: z
    .union([integer({ min: 100, max: 599 }), text({ max: 100 }), z.array(integer({ min: 100, max: 599 }))], {
      error: 'must be a status, a list of them, or a range such as "200-299"',
    })
    .optional()
    .describe('Status that counts as healthy: a number, a list, or ranges such as "200-299,401". Default 200-299.')
    .meta({ default: '200-299', examples: [200, '200-299', [200, 204]] }),
  body: text().optional().describe('Regular expression that the body must match. Default: any body.'),
  digest: text({ max: 64 })
    .optional()
    .describe('Digest of the body in hex, MD5 (32 digits, as keepalived) or SHA-256 (64). Default: not compared.'),
  protocol: word(['1.0', '1.1', '2'])
    .optional()
    .describe('HTTP version, as quoted text. Default "1.1"; "2" needs https and ALPN.')
    .meta({ default: '1.1' }),
};

const kinds = {
  tcp: z.strictObject({}).optional().describe('A TCP connection can be opened. keepalived: TCP_CHECK.'),
  http: z
    .strictObject(http)
    .optional()
    .describe('An HTTP request is answered with the right status and body. keepalived: HTTP_GET.'),
  https: z
    .strictObject({ ...http, ...tls })
    .optional()
    .describe('The same over TLS. keepalived: SSL_GET.'),
  dns: z
    .strictObject({
      name: text({ max: 253 }).optional().describe('Name that is asked for. Default: the root.').meta({ default: '.' }),
      type: word(['A', 'AAAA', 'NS', 'CNAME', 'SOA', 'MX', 'TXT'])
        .optional()
        .describe('Record type. Default SOA.')
        .meta({ default: 'SOA' }),
      transport: word(['udp', 'tcp'])
        .optional()
        .describe('How the question is sent. Default udp.')
        .meta({ default: 'udp' }),
      rcode: word(['NOERROR', 'NXDOMAIN', 'SERVFAIL', 'REFUSED'])
        .optional()
        .describe('Answer code that counts as healthy. Default NOERROR.')
        .meta({ default: 'NOERROR' }),
      answer: text().optional().describe('A record that must be in the answer. Default: any answer.'),
    })
    .optional()
    .describe('A DNS question is answered. keepalived: DNS_CHECK.'),
  udp: z
    .strictObject({
      payload: text().optional().describe('Bytes to send, in hex. Default: an empty datagram.'),
      reply: text()
        .optional()
        .describe(
          'Bytes that the reply must hold, in hex, x for any digit. Default: no reply is needed; an ICMP refusal counts as down.',
        ),
    })
    .optional()
    .describe('A datagram is taken or answered. keepalived: UDP_CHECK.'),
  smtp: z
    .strictObject({ helo: text({ max: 255 }).optional().describe('Name given in HELO. Default: the host name.') })
    .optional()
    .describe('An SMTP server greets and takes HELO. keepalived: SMTP_CHECK.'),
  ldap: z
    .strictObject({
      bind_dn: text().optional().describe('DN to bind as. Default: anonymous.'),
      password_file: text().optional().describe('File with the password for bind_dn. Default: none.'),
      tls: flag().optional().describe('Whether to speak LDAP over TLS. Default false.').meta({ default: false }),
    })
    .optional()
    .describe('An LDAP server takes a bind.'),
  mysql: z.strictObject({}).optional().describe('A MySQL server sends its greeting; no login.'),
  redis: z
    .strictObject({})
    .optional()
    .describe('A Redis server answers PING; an answer that asks for a password counts.'),
  grpc: z
    .strictObject({
      service: text().optional().describe('Service name asked for with grpc.health.v1. Default: the whole server.'),
      tls: flag().optional().describe('Whether to speak TLS. Default false.').meta({ default: false }),
    })
    .optional()
    .describe('The gRPC health service says SERVING.'),
  ping: z.strictObject({}).optional().describe('The address answers ICMP echo. keepalived: PING_CHECK.'),
  script: z
    .strictObject({
      command: text().describe('Command and arguments. Exit code 0 means healthy.'),
      user: text({ max: 32 })
        .optional()
        .describe('User the command runs as. Default: keepalived.script_user, else nobody.'),
      dynamic: flag()
        .optional()
        .describe(
          'Whether exit codes 2 to 255 set the weight to the code minus 2, as misc_dynamic of keepalived. Default false.',
        )
        .meta({ default: false }),
    })
    .optional()
    .describe('A command decides. keepalived: MISC_CHECK.'),
  file: z
    .strictObject({
      track_file: reference('a file under track.files').describe(
        'Name of the file under track.files whose number decides.',
      ),
      weight: integer({ min: -2147483647, max: 2147483647 })
        .optional()
        .describe('Factor for the number in the file. Default 1.')
        .meta({ default: 1 }),
      reverse: flag().optional().describe('Whether the sign is turned round. Default false.').meta({ default: false }),
    })
    .optional()
    .describe('A number in a file decides; below 0 the weight goes down. keepalived: FILE_CHECK.'),
  bfd: z
    .strictObject({
      instance: reference('a BFD instance under track.bfd').describe('Name of the BFD instance under track.bfd.'),
    })
    .optional()
    .describe('A BFD session is up. keepalived: BFD_CHECK.'),
};

const timing = {
  interval: duration({ min: 0.1, max: 86400 })
    .optional()
    .describe('Time between two checks. Default 5s. keepalived: delay_loop.')
    .meta({ default: '5s' }),
  fast_interval: duration({ min: 0.1, max: 86400 })
    .optional()
    .describe('Time between two checks while the verdict is open. Default: interval.'),
  timeout: duration({ min: 0.01, max: 3600 })
    .optional()
    .describe('Time after which a check without an answer failed. Default 2s. keepalived: connect_timeout.')
    .meta({ default: '2s' }),
  rise: integer({ min: 1, max: 1000 })
    .optional()
    .describe('Successes in a row until the server counts as healthy. Default 1.')
    .meta({ default: 1 }),
  fall: integer({ min: 1, max: 1000 })
    .optional()
    .describe('Failures in a row until the server counts as failed. Default 3. keepalived: retry.')
    .meta({ default: 3 }),
  warmup: duration({ min: 0, max: 3600 })
    .optional()
    .describe(
      'Longest random wait before the first check, so that checks spread. Default: interval. keepalived: warmup.',
    ),
  on_failure: word(['remove', 'quiesce'])
    .optional()
    .describe(
      'What a failed server becomes: removed, or weight 0 so that established connections go on. Default remove. keepalived: inhibit_on_failure.',
    )
    .meta({ default: 'remove' }),
};

const target = {
  address: address()
    .optional()
    .describe('Address that is checked. Default: the address of the real server. keepalived: connect_ip.'),
  port: port().describe(
    'Port that is checked, 1 to 65535. Default: the port of the real server. keepalived: connect_port.',
  ),
  source: address()
    .optional()
    .describe('Address the check is sent from. Default: chosen by routing. keepalived: bindto.'),
};

const single = z.strictObject({ ...kinds, ...target }).meta({ id: 'SingleCheck', title: 'check' });

/** How a real server proves that it works: one kind with its options beside the timing, or `none` on purpose. */
export const check = z
  .union(
    [
      word(['none']),
      z
        .strictObject({
          ...kinds,
          all: named(single).optional().describe('Several checks by name, all of which must succeed.'),
          any: named(single).optional().describe('Several checks by name, one of which must succeed.'),
          ...target,
          ...timing,
        })
        .meta({ title: 'check' }),
    ],
    { error: 'must be none, or a mapping with one kind such as { tcp: {}, interval: 5s }' },
  )
  .meta({ id: 'Check', examples: [{ tcp: {}, interval: '2s' }, 'none'] });

export type CheckSpec = z.output<typeof check>;

/** Exactly one of these stands in a check. */
export const CHECK_KINDS = [...Object.keys(kinds), 'all', 'any'];

export const CHECK_MEANING =
  'How a real server proves that it works: exactly one of tcp, http, https, dns, udp, smtp, ldap, mysql, redis, grpc, ping, script, file, bfd, all or any, with its timing; or none, for no check on purpose.';
