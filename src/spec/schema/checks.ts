import { z } from 'zod';
import { address } from '../addresses.ts';
import { command, safeText } from '../conf-scalars.ts';
import { duration, flag, integer, reference, text, word } from '../scalars.ts';
import { dnsName } from './dns-name.ts';
import { hex } from './hex.ts';
import { http, httpTls } from './http-check.ts';
import { named } from './names.ts';
import { optionalTls } from './tls.ts';

const port = () => integer({ min: 1, max: 65535 }).optional();

const kinds = {
  tcp: z.strictObject({}).optional().describe('A TCP connection can be opened. keepalived: TCP_CHECK.'),
  http: z
    .strictObject(http)
    .optional()
    .describe('An HTTP request is answered with the right status and body. keepalived: HTTP_GET.'),
  https: z
    .strictObject({ ...http, ...httpTls })
    .optional()
    .describe('The same over TLS. keepalived: SSL_GET.'),
  dns: z
    .strictObject({
      name: dnsName().optional().describe('Name that is asked for. Default: the root.').meta({ default: '.' }),
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
      answer: text()
        .optional()
        .describe('A record that must be in the answer, as dig +short prints it. Default: any answer.')
        .meta({ examples: ['192.0.2.80', '10 mail.example.com'] }),
    })
    .optional()
    .describe('A DNS question is answered. keepalived: DNS_CHECK.'),
  udp: z
    .strictObject({
      payload: hex().optional().describe('Bytes to send, in hex. Default: an empty datagram.'),
      reply: hex({ wildcard: true })
        .optional()
        .describe(
          'Bytes that the reply must begin with, in hex, x for any digit. Default: no reply is needed; an ICMP refusal, which lvsctl waits half a second for, counts as down.',
        ),
    })
    .optional()
    .describe('A datagram is taken or answered. keepalived: UDP_CHECK.'),
  smtp: z
    .strictObject({ helo: safeText({ max: 255 }).optional().describe('Name given in HELO. Default: the host name.') })
    .optional()
    .describe('An SMTP server greets and takes HELO. keepalived: SMTP_CHECK.'),
  ldap: z
    .strictObject({
      bind_dn: text().optional().describe('DN to bind as. Default: anonymous.'),
      password_file: text().optional().describe('File with the password for bind_dn. Default: none.'),
      tls: optionalTls
        .optional()
        .describe(
          'Whether to speak LDAP over TLS (ldaps), and how its certificate is judged: it is verified, before the password is sent, unless `verify` says otherwise. Default false.',
        )
        .meta({ default: false }),
    })
    .optional()
    .describe('An LDAP server takes a bind.'),
  mysql: z
    .strictObject({})
    .optional()
    .describe(
      'A MySQL server sends its greeting. It gets a login as lvsctl, which it may refuse, so that it does not block this host.',
    ),
  redis: z
    .strictObject({})
    .optional()
    .describe('A Redis server answers PING; an answer that asks for a password counts.'),
  grpc: z
    .strictObject({
      service: text().optional().describe('Service name asked for with grpc.health.v1. Default: the whole server.'),
      tls: optionalTls
        .optional()
        .describe(
          'Whether to speak TLS, and how the certificate is judged: it is verified unless `verify` says otherwise, and `sni` is the authority that is asked for, too. Default false.',
        )
        .meta({ default: false }),
    })
    .optional()
    .describe('The gRPC health service says SERVING.'),
  ping: z.strictObject({}).optional().describe('The address answers ICMP echo. keepalived: PING_CHECK.'),
  script: z
    .strictObject({
      command: command().describe('Command and arguments. Exit code 0 means healthy.'),
      user: safeText({ max: 64 })
        .optional()
        .describe('User, and group after a blank, that the command runs as. Default: keepalived.script_user.'),
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
    .describe(
      'A number in a file is added to the weight; -2147483647 or less, after weight, is down. No file or no number counts as 0. keepalived: FILE_CHECK.',
    ),
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
    .describe(
      'Time from an answer to the next check while the verdict is open: after a failure of a healthy server, until fall is reached, or a success of a failed one, until rise is. Default: interval. keepalived: delay_before_retry.',
    ),
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
  flap_damping: z
    .strictObject({
      changes: integer({ min: 2, max: 100 }).describe('Failures within `within` from which on the server is held.'),
      within: duration({ min: 1, max: 86400 }).describe('Time in which the failures count.'),
      hold: duration({ min: 1, max: 86400 }).describe(
        'Time for which a held server must be healthy, without failing once more, until it counts as healthy again.',
      ),
    })
    .optional()
    .describe(
      'Holds a server that fails again and again: it counts as failed until it has been healthy for a while. Default: none; keepalived has nothing like it.',
    )
    .meta({ examples: [{ changes: 3, within: '5m', hold: '2m' }] }),
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
export type SingleCheckSpec = z.output<typeof single>;

/** Exactly one of these stands in a check. */
export const CHECK_KINDS = [...Object.keys(kinds), 'all', 'any'];

export const CHECK_MEANING =
  'How a real server proves that it works: exactly one of tcp, http, https, dns, udp, smtp, ldap, mysql, redis, grpc, ping, script, file, bfd, all or any, with its timing; or none, for no check on purpose.';
