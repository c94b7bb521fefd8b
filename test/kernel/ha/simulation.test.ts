import { after, before, describe, test } from 'node:test';
import { buildHaSite, type HaSite } from '../../lab/ha-site.ts';
import { playTopology } from './play-topology.ts';
import { ELECTIONS } from './topologies/elections.ts';
import { GROUPS } from './topologies/groups.ts';
import { TRACKERS } from './topologies/trackers.ts';

let site: HaSite;

// In a suite of its own: hooks of a file itself would run when the whole guest begins and ends.
describe('keepalived does what the simulation of failover says', () => {
  before(async () => {
    site = await buildHaSite({ prefix: 'simulated-', directors: 3 });
  });

  after(async () => {
    await site.remove();
  });

  for (const topology of [...ELECTIONS, ...GROUPS, ...TRACKERS])
    test(topology.title, async () => await playTopology(site, topology));
});
