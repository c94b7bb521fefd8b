import { z } from 'zod';
import { address } from '../addresses.ts';
import { duration, flag, integer, reference, text, word } from '../scalars.ts';
import { CHECK_MEANING, check } from './checks.ts';
import { FORWARDING_MEANING, forwarding } from './forwarding.ts';
import { serverHost } from './host.ts';
import { named } from './names.ts';
import { serviceNotify } from './service-notify.ts';
import { minCapacity } from './min-capacity.ts';
import { persistence } from './persistence.ts';
import { slowStart } from './slow-start.ts';

/** All of ip_vs (Linux 6.1; twos since 5.12, mh since 4.18). */
export const SCHEDULERS = [
  'rr',
  'wrr',
  'lc',
  'wlc',
  'lblc',
  'lblcr',
  'dh',
  'sh',
  'mh',
  'sed',
  'nq',
  'fo',
  'ovf',
  'twos',
] as const;

/** ipvsadm(8) -b; flag-1 to flag-3 are the bits by number, for any scheduler. */
export const SCHEDULER_FLAGS = [
  'sh-fallback',
  'sh-port',
  'mh-fallback',
  'mh-port',
  'flag-1',
  'flag-2',
  'flag-3',
] as const;

const MAX_INT = 2147483647;

export const extra = z
  .array(text())
  .optional()
  .describe(
    'Raw lines for keepalived.conf, written at the end of this block as they stand. For keywords this schema does not have.',
  );

/** What a real server may have, and what a service or `defaults` may say for all of them. */
const serverSettings = {
  weight: integer({ min: 0, max: MAX_INT })
    .optional()
    .describe(
      'Relative capacity, 0 to 2147483647. Default 1. 0 takes no new connections and keeps the established ones. Older tools refuse more than 65535. Source: ipvsadm(8) -w.',
    )
    .meta({ default: 1 }),
  upper_threshold: integer({ min: 0, max: MAX_INT })
    .optional()
    .describe(
      'Connections at which a real server gets no more, 0 to 2147483647. Default 0, no limit. Source: ipvsadm(8) -x.',
    )
    .meta({ default: 0 }),
  lower_threshold: integer({ min: 0, max: MAX_INT })
    .optional()
    .describe(
      'Connections below which it gets some again, 0 to 2147483647. Default 0, three quarters of upper_threshold. Source: ipvsadm(8) -y.',
    )
    .meta({ default: 0 }),
  forwarding: forwarding.optional().describe(FORWARDING_MEANING),
  check: check.optional().describe(CHECK_MEANING),
};

/** What lvsctl does with the verdicts of its checks. */
const verdictSettings = {
  min_capacity: minCapacity
    .optional()
    .describe(
      'Share of the weight that stays in rotation even if checks say otherwise, so that a broken check never empties a service: of the real servers that failed, the last ones stay. For owner lvsctl. Default: one real server, and none where there is a sorry_server.',
    ),
  slow_start: slowStart
    .optional()
    .describe(
      'A real server that is well again gets its weight over this time, in steps; needs weights above 1. For owner lvsctl. Default: at once.',
    ),
};

const scheduling = {
  scheduler: word(SCHEDULERS, {
    rule: 'unknown-scheduler',
    synonyms: {
      maglev: 'mh',
      'round-robin': 'rr',
      roundrobin: 'rr',
      'least-connections': 'lc',
      leastconn: 'lc',
      source: 'sh',
    },
  })
    .optional()
    .describe(
      'Who gets the next connection: rr, wrr, lc, wlc, lblc, lblcr, dh, sh, mh, sed, nq, fo, ovf or twos. Default wlc. Source: ipvsadm(8) -s.',
    )
    .meta({ default: 'wlc' }),
  drain: duration({ min: 0, max: 86400 })
    .optional()
    .describe(
      'How long a server that leaves stays at weight 0 while it has active connections, at most. Default 5m; 0 removes it at once.',
    )
    .meta({ default: '5m' }),
  owner: word(['lvsctl', 'keepalived'])
    .optional()
    .describe(
      'Who writes the kernel entry: lvsctl, or keepalived by a virtual_server block that lvsctl writes. Default lvsctl.',
    )
    .meta({ default: 'lvsctl' }),
};

/** One real server: its address, or a mapping with it. */
export const server = z
  .union(
    [
      address(),
      z
        .strictObject({
          address: address().describe('IP address of the real server.'),
          port: integer({ min: 0, max: 65535 })
            .optional()
            .describe(
              "Port on the real server, 0 to 65535. Default: the service's port. With dr and tun it cannot differ. Source: ipvsadm(8) -r.",
            ),
          ...serverSettings,
          host: serverHost
            .optional()
            .describe(
              'What is known of the host, so that lint can compare it with what the spec needs. lvsctl sets none of it.',
            ),
          extra,
        })
        .meta({ title: 'real server' }),
    ],
    { error: 'must be an IP address, or a mapping such as { address: 10.0.0.21, weight: 2 }' },
  )
  .meta({ id: 'Server', examples: ['10.0.0.21', { address: '10.0.0.22', weight: 2 }] });

export const pool = named(server).meta({ id: 'Pool', title: 'pool' });

export const service = z
  .strictObject({
    vip: address().optional().describe('Virtual IP address that clients use. A service has a vip or a fwmark.'),
    fwmark: integer({ min: 1, max: 4294967295 })
      .optional()
      .describe('Firewall mark, 1 to 4294967295: the service takes all packets that carry it. Source: ipvsadm(8) -f.'),
    family: word(['ipv4', 'ipv6'])
      .optional()
      .describe('Address family of a fwmark service. Default ipv4. Source: ipvsadm(8) -6.')
      .meta({ default: 'ipv4' }),
    protocol: word(['tcp', 'udp', 'sctp'])
      .optional()
      .describe('Protocol of a service with a vip. Default tcp. Source: ipvsadm(8) -t, -u, --sctp-service.')
      .meta({ default: 'tcp' }),
    port: integer({ min: 0, max: 65535 })
      .optional()
      .describe(
        'Port of a service with a vip, 0 to 65535. 0 stands for all ports and needs persistence. Source: ipvsadm(8) -t.',
      ),
    ...scheduling,
    scheduler_flags: z
      .array(word(SCHEDULER_FLAGS))
      .optional()
      .describe(
        'Flags of the scheduler: sh-fallback and sh-port for sh, mh-fallback and mh-port for mh, flag-1 to flag-3 for any. Default none. Source: ipvsadm(8) -b.',
      ),
    persistence: persistence
      .optional()
      .describe('The same client goes to the same real server. Default off; {} is 6m.'),
    one_packet: flag()
      .optional()
      .describe(
        'Whether every datagram is scheduled for itself; for udp and fwmark. Default false. Source: ipvsadm(8) -o.',
      )
      .meta({ default: false }),
    pool: reference('a pool')
      .optional()
      .describe('Name of the pool with the real servers. A service has a pool or servers.'),
    servers: named(server)
      .optional()
      .describe('Real servers of this service by name. A service has a pool or servers.'),
    ...serverSettings,
    sorry_server: server
      .optional()
      .describe(
        'Takes the clients when too few real servers are healthy (below quorum). Default none. keepalived: sorry_server.',
      ),
    quorum: integer({ min: 1, max: MAX_INT })
      .optional()
      .describe(
        'Total weight of healthy real servers that the service needs, 1 to 2147483647. Default 1. keepalived: quorum.',
      )
      .meta({ default: 1 }),
    hysteresis: integer({ min: 0, max: MAX_INT })
      .optional()
      .describe(
        'Weight above or below quorum before the verdict changes; less than quorum. Default 0. keepalived: hysteresis.',
      )
      .meta({ default: 0 }),
    alpha: flag()
      .optional()
      .describe(
        'Whether real servers count as failed until their first success, and so start outside. For owner keepalived. Default false. keepalived: alpha.',
      )
      .meta({ default: false }),
    omega: flag()
      .optional()
      .describe(
        'Whether the commands for down and for a lost quorum run when keepalived stops. For owner keepalived. Default false. keepalived: omega.',
      )
      .meta({ default: false }),
    notify: serviceNotify.optional().describe('Commands run when health changes. For owner keepalived.'),
    ...verdictSettings,
    depends_on: z
      .array(reference('a service'))
      .optional()
      .describe(
        'Names of services without which this one is of no use: a real server counts as failed while the one of the same address has failed there, or, where that service has none of its address, while that service is below its quorum. For owner lvsctl. Default none.',
      ),
    extra,
  })
  .meta({ id: 'Service', title: 'service' });

export const defaults = z
  .strictObject({ ...scheduling, ...serverSettings, ...verdictSettings })
  .meta({ id: 'Defaults', title: 'defaults section' });

export type ServerSpec = z.output<typeof server>;
export type ServiceSpec = z.output<typeof service>;
