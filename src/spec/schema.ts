import { z } from 'zod';
import { leaf, show } from './leaf.ts';
import { integer, percentage, text } from './scalars.ts';
import { connectionSync, director, timeouts } from './schema/directors.ts';
import { keepalived } from './schema/keepalived.ts';
import { lintSection } from './schema/lint.ts';
import { named } from './schema/names.ts';
import { defaults, pool, service } from './schema/services.ts';
import { trackers } from './schema/track.ts';
import { instance, syncGroup } from './schema/vrrp.ts';

const version = leaf(
  (value) => {
    if (value === 1) return { value: 1 as const };
    const wrong = `must be 1, the only one there is, not ${show(value)}`;
    return { wrong, rule: 'version', hint: 'write version: 1', ...(value === '1' && { instead: { text: '1' } }) };
  },
  { const: 1 },
);

const guards = z
  .strictObject({
    max_remove: percentage()
      .optional()
      .describe(
        "Share of a service's real servers, and of its weight, that one plan may take away, 0% to 100%; one real server is always allowed. Default 30%.",
      )
      .meta({ default: '30%' }),
    max_remove_services: percentage()
      .optional()
      .describe(
        'Share of the managed services that one plan may remove, 0% to 100%; one is always allowed. Default 30%.',
      )
      .meta({ default: '30%' }),
  })
  .meta({ title: 'guards section' });

/** A whole spec, all files merged. Durations are seconds, percentages are shares, addresses are canonical. */
export const specSchema = z
  .strictObject({
    $schema: text().optional().describe('Address of the JSON Schema, for editors. lvsctl does not read it.'),
    version: version.optional().describe('Version of the spec language: 1. At least one file says it.'),
    cluster: text({ max: 63 })
      .optional()
      .describe('Name of the cluster, for logs and metrics. Default none.')
      .meta({ examples: ['edge'] }),
    generation: integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
      .optional()
      .describe(
        'Number that grows with every release of the spec; a lower one than the one applied is refused. Default none.',
      ),
    directors: named(director)
      .optional()
      .describe(
        'The hosts that run IPVS and VRRP, by name. Without any, the spec is for one director whose VIPs somebody else holds. At most 256.',
      ),
    vrrp: named(instance)
      .optional()
      .describe(
        'VRRP instances by name: which VIPs move together, and who holds them first. Directors may have 10,000 parts in them altogether. keepalived: vrrp_instance.',
      ),
    sync_groups: named(syncGroup)
      .optional()
      .describe('Groups of VRRP instances that change state together, by name. keepalived: vrrp_sync_group.'),
    track: trackers.optional().describe('Scripts, processes, files and BFD sessions that VRRP instances may follow.'),
    keepalived: keepalived.optional().describe('Settings of keepalived as a whole. keepalived: global_defs.'),
    timeouts: timeouts
      .optional()
      .describe(
        'Idle times of connections, one set for the network namespace. Default: left as they are. Source: ipvsadm(8) --set.',
      ),
    connection_sync: connectionSync
      .optional()
      .describe(
        'Directors tell each other their connections, so that these survive a move of the VIP. Default off. Source: ipvsadm(8) --start-daemon.',
      ),
    defaults: defaults.optional().describe('Values for every service and real server that names none itself.'),
    guards: guards.optional().describe('What stops a plan until somebody says that it is meant.'),
    lint: lintSection.optional().describe('What lint says of this spec, and how loudly.'),
    pools: named(pool).optional().describe('Named sets of real servers, for use by several services.'),
    services: named(service)
      .optional()
      .describe(
        'Virtual services by name. They may have 100,000 real servers altogether, those of a pool counted for each service that uses it.',
      ),
  })
  .meta({
    title: 'spec',
    description: 'The load balancer as code: services, their real servers, and the directors in front of them.',
  });

export type Spec = z.output<typeof specSchema>;
