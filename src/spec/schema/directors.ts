import { z } from 'zod';
import { address } from '../addresses.ts';
import { safeText } from '../conf-scalars.ts';
import { duration, integer, interfaceName, reference, word } from '../scalars.ts';
import { directorHost } from './host.ts';
import { extra } from './services.ts';

export const director = z
  .strictObject({
    address: address().describe(
      'Own address of the director on the network it speaks VRRP in; the source of unicast adverts.',
    ),
    interface: interfaceName()
      .optional()
      .describe('Network interface for VRRP and its VIPs, unless the instance names another.')
      .meta({ examples: ['eth0'] }),
    segment: reference('a network segment')
      .optional()
      .describe(
        'Name of the network segment that `address` is in, so that lint knows which directors of several specs may hear each other. Default: directors whose addresses share a /24 or a /64 may.',
      )
      .meta({ examples: ['edge-vlan-12'] }),
    router_id: safeText({ max: 255 })
      .optional()
      .describe('Name of the director in mails and SNMP. Default: its name here. keepalived: router_id.'),
    host: directorHost
      .optional()
      .describe(
        'What is known of the host, so that lint can compare it with what the spec needs. lvsctl sets none of it.',
      ),
    extra,
  })
  .meta({ id: 'Director', title: 'director' });

export const timeouts = z
  .strictObject({
    tcp: idle('established TCP connections', 'tcp'),
    tcp_fin: idle('TCP connections after a FIN', 'tcpfin'),
    udp: idle('UDP flows', 'udp'),
  })
  .meta({ title: 'timeouts section' });

// 0 means "leave it" to ipvsadm --set, so it cannot be asked for.
function idle(what: string, name: string) {
  return duration({ min: 1, max: 2678400 })
    .optional()
    .describe(
      `Idle time after which the kernel forgets ${what}, 1s to 31d. Default: left as it is. Source: ipvsadm(8) --set ${name}.`,
    );
}

export const connectionSync = z
  .strictObject({
    interface: interfaceName().describe(
      'Network interface the states are sent and received on. Source: ipvsadm(8) --mcast-interface.',
    ),
    role: word(['master', 'backup', 'both', 'vrrp'])
      .optional()
      .describe(
        'master sends, backup receives, both does both (active/active), vrrp leaves it to keepalived to follow `instance`. Default both.',
      )
      .meta({ default: 'both' }),
    instance: reference('a VRRP instance')
      .optional()
      .describe('VRRP instance whose state decides with role vrrp. keepalived: lvs_sync_daemon.'),
    sync_id: integer({ min: 0, max: 255 })
      .optional()
      .describe('Number that tells clusters on one network apart, 0 to 255. Default 0. Source: ipvsadm(8) --syncid.')
      .meta({ default: 0 }),
    max_length: integer({ min: 1, max: 65507 })
      .optional()
      .describe(
        'Longest message in bytes, 1 to 65507. Default: what the kernel derives from the MTU, 1472 for 1500. Source: ipvsadm(8) --sync-maxlen.',
      ),
    group: address()
      .optional()
      .describe('Multicast group. Default 224.0.0.81. Source: ipvsadm(8) --mcast-group.')
      .meta({ default: '224.0.0.81' }),
    port: integer({ min: 1, max: 65535 })
      .optional()
      .describe('UDP port, 1 to 65535. Default 8848. Source: ipvsadm(8) --mcast-port.')
      .meta({ default: 8848 }),
    ttl: integer({ min: 1, max: 255 })
      .optional()
      .describe('Multicast TTL, 1 to 255. Default 1. Source: ipvsadm(8) --mcast-ttl.')
      .meta({ default: 1 }),
  })
  .meta({ title: 'connection_sync section' });

export type DirectorSpec = z.output<typeof director>;
