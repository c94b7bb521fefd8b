import { z } from 'zod';
import { address, prefixedAddress } from '../addresses.ts';
import { safeText } from '../conf-scalars.ts';
import { duration, flag, integer, interfaceName, reference, word } from '../scalars.ts';
import { garp } from './garp.ts';
import { notify } from './notify.ts';
import { extra } from './services.ts';
import { tracking } from './track.ts';

const vip = z
  .union(
    [
      prefixedAddress(),
      z
        .strictObject({
          address: prefixedAddress().describe(
            'The address, with its prefix length after a slash. Default /32 or /128.',
          ),
          interface: interfaceName()
            .optional()
            .describe('Interface that gets the address. Default: that of the instance. keepalived: dev.'),
          label: safeText({ max: 15 })
            .optional()
            .describe('Label of an IPv4 address, at most 15 characters. Default none. keepalived: label.'),
          scope: safeText({ max: 31 })
            .optional()
            .describe('Scope: site, link, host, nowhere, global or a number. Default global. keepalived: scope.'),
          no_track: flag()
            .optional()
            .describe(
              'Whether the instance stays master when somebody removes the address. Default false. keepalived: no_track.',
            )
            .meta({ default: false }),
        })
        .meta({ title: 'VIP' }),
    ],
    { error: 'must be an address such as 203.0.113.10/24, or a mapping with it' },
  )
  .meta({ id: 'Vip', examples: ['203.0.113.10/24'] });

const perDirector = z.record(z.string(), integer({ min: 1, max: 255 }));

const unicast = z
  .strictObject({
    peers: z
      .array(address())
      .optional()
      .describe(
        'Addresses of the other routers, for those that are no directors of this spec. Default: the addresses of the other directors. keepalived: unicast_peer.',
      ),
    ttl: integer({ min: 1, max: 255 })
      .optional()
      .describe('TTL of adverts sent, 1 to 255. Default 255. keepalived: unicast_ttl.')
      .meta({ default: 255 }),
    check_source: flag()
      .optional()
      .describe('Whether adverts from other addresses are dropped. Default false. keepalived: check_unicast_src.')
      .meta({ default: false }),
    fault_without_peer: flag()
      .optional()
      .describe('Whether no peer is a fault. Default true. keepalived: unicast_fault_no_peer.')
      .meta({ default: true }),
  })
  .meta({ title: 'unicast section' });

const vmac = z
  .strictObject({
    interface: interfaceName()
      .optional()
      .describe('Name of the virtual interface. Default vrrp.N, with N the virtual_router_id. keepalived: use_vmac.'),
    xmit_base: flag()
      .optional()
      .describe('Whether adverts leave by the interface below. Default false. keepalived: vmac_xmit_base.')
      .meta({ default: false }),
    addresses: flag()
      .optional()
      .describe('Whether VIPs on other interfaces get a VMAC as well. Default false. keepalived: use_vmac_addr.')
      .meta({ default: false }),
  })
  .meta({ title: 'vmac section' });

const authentication = z
  .strictObject({
    type: word(['pass', 'ah']).describe(
      'pass (in clear) or ah. Neither protects; both are gone from VRRP version 3 (RFC 5798 §9). keepalived: auth_type.',
    ),
    password: safeText({ max: 8 }).describe('At most 8 characters. keepalived: auth_pass.'),
  })
  .meta({ title: 'authentication section' });

export const instance = z
  .strictObject({
    virtual_router_id: integer({ min: 1, max: 255 }).describe(
      'Number of the virtual router, 1 to 255; the same on all its directors, and unique in the network. keepalived: virtual_router_id.',
    ),
    vips: z
      .array(vip)
      .optional()
      .describe(
        'Addresses that move with the instance. With IPv4 and IPv6 in one, the adverts hold the IPv4 ones, and the IPv6 ones move along. keepalived: virtual_ipaddress.',
      ),
    excluded_vips: z
      .array(vip)
      .optional()
      .describe(
        'More addresses that move but are not in the adverts: the other family, or more than an advert holds. keepalived: virtual_ipaddress_excluded.',
      ),
    interface: z
      .union([interfaceName(), z.record(z.string(), interfaceName())], {
        error: 'must be an interface, or a mapping from directors to interfaces',
      })
      .optional()
      .describe(
        'Interface for adverts and VIPs, or a mapping from directors to interfaces. Default: that of the director.',
      ),
    priority: perDirector
      .optional()
      .describe(
        'Priority by director, 1 to 254; 255 says that it owns the address itself. The highest is master. Default 100. Only directors named here take part, when any is. keepalived: priority.',
      )
      .meta({ examples: [{ lb1: 150, lb2: 100 }] }),
    advert_interval: duration({ min: 0.01, max: 255 })
      .optional()
      .describe(
        'Time between adverts; the same on all directors. Whole seconds up to 255s with version 2, 10ms to 40.95s with version 3. Default 1s. keepalived: advert_int.',
      )
      .meta({ default: '1s' }),
    version: integer({ min: 2, max: 3 })
      .optional()
      .describe('VRRP version, 2 or 3. Default: keepalived.vrrp_version; IPv6 is always 3. keepalived: version.'),
    preempt: flag()
      .optional()
      .describe(
        'Whether a director with a higher priority takes over from a working master. Default true. keepalived: nopreempt.',
      )
      .meta({ default: true }),
    preempt_delay: duration({ min: 0, max: 1000 })
      .optional()
      .describe('How long it waits before it does, 0 to 1000s. Default 0. keepalived: preempt_delay.')
      .meta({ default: '0' }),
    unicast: z
      .union([flag(), unicast], { error: 'must be true, false, or a mapping with peers, ttl or check_source' })
      .optional()
      .describe(
        'Adverts by unicast between the directors, for networks without multicast. Default false. keepalived: unicast_peer.',
      )
      .meta({ default: false }),
    multicast_group: address()
      .optional()
      .describe('Multicast group of adverts. Default 224.0.0.18 or ff02::12. keepalived: mcast_dst_ip.'),
    source: z
      .record(z.string(), address())
      .optional()
      .describe(
        'Source address of adverts by director. Default: the address of the director for unicast, else the primary one of the interface. keepalived: mcast_src_ip, unicast_src_ip.',
      ),
    checksum_as_v2: flag()
      .optional()
      .describe(
        'Whether adverts of version 3 for IPv4 have the checksum of version 2, as some routers want; needs keepalived 2.2.8. Default false. keepalived: v3_checksum_as_v2.',
      )
      .meta({ default: false }),
    vmac: z
      .union([flag(), vmac], { error: 'must be true, false, or a mapping with interface or xmit_base' })
      .optional()
      .describe('A virtual MAC address that moves with the VIPs. Default false. keepalived: use_vmac.')
      .meta({ default: false }),
    track: tracking.optional().describe('What the instance follows: a failure is a fault, or lowers the priority.'),
    track_primary: flag()
      .optional()
      .describe(
        'Whether a fault of the own interface is a fault of the instance. Default true. keepalived: dont_track_primary.',
      )
      .meta({ default: true }),
    routes: z
      .array(safeText())
      .optional()
      .describe('Routes that move with the instance, in the words of ip-route(8). keepalived: virtual_routes.')
      .meta({ examples: [['198.51.100.0/24 via 203.0.113.1']] }),
    rules: z
      .array(safeText())
      .optional()
      .describe(
        'Routing rules that move with the instance, in the words of ip-rule(8), each with its preference. keepalived: virtual_rules.',
      ),
    garp: garp.optional().describe('How VIPs are announced after a move.'),
    accept: flag()
      .optional()
      .describe(
        'Whether a master that does not own the address takes packets to it. Default true; false drops them with firewall rules. keepalived: accept.',
      )
      .meta({ default: true }),
    strict: flag()
      .optional()
      .describe(
        'Whether the RFC is followed to the letter: no unicast, no authentication, no preempt_delay. Default: keepalived.vrrp_strict. keepalived: strict_mode.',
      ),
    down_timer_adverts: integer({ min: 1, max: 100 })
      .optional()
      .describe(
        'Adverts that may be missing before a backup takes over, 1 to 100; the same on all directors. Default 3. keepalived: down_timer_adverts.',
      )
      .meta({ default: 3 }),
    promote_secondaries: flag()
      .optional()
      .describe(
        'Whether secondary addresses survive the removal of the primary one. Default false. keepalived: promote_secondaries.',
      )
      .meta({ default: false }),
    authentication: authentication
      .optional()
      .describe('Authentication of VRRP version 2. Default none, which is right. keepalived: authentication.'),
    notify: notify.optional().describe('Commands run when the state changes.'),
    smtp_alert: flag()
      .optional()
      .describe(
        'Whether a mail is sent when the state changes. Default: keepalived.mail.vrrp. keepalived: smtp_alert.',
      ),
    extra,
  })
  .meta({ id: 'VrrpInstance', title: 'VRRP instance' });

export const syncGroup = z
  .strictObject({
    instances: z
      .array(reference('a VRRP instance'))
      .describe('Names of the VRRP instances that change state together. keepalived: group.'),
    track: tracking.optional().describe('What the group follows.'),
    tracking_weight: flag()
      .optional()
      .describe(
        'Whether weighted trackers of the members count, which needs the same trackers on all. Default false. keepalived: sync_group_tracking_weight.',
      )
      .meta({ default: false }),
    notify: notify.optional().describe('Commands run when the state of the group changes.'),
    smtp_alert: flag()
      .optional()
      .describe(
        'Whether a mail is sent when the state changes. Default: keepalived.mail.vrrp. keepalived: smtp_alert.',
      ),
    extra,
  })
  .meta({ id: 'SyncGroup', title: 'sync group' });

export type VipSpec = z.output<typeof vip>;
export type InstanceSpec = z.output<typeof instance>;
