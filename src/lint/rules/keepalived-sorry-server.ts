import type { LoadedSpec } from '../../spec/load.ts';
import { serverDetails } from '../../spec/resolve-server.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { keepalivedServices } from '../written-checks.ts';

export const keepalivedSorryServer: Rule = {
  id: 'LVS147',
  name: 'keepalived-sorry-server',
  severity: 'error',
  why: 'keepalived has one line for a sorry server: its address and how packets reach it. It has weight 1 and no check',
  harm: 'The sorry_server line of keepalived takes an address, a port and a forwarding method. A weight, thresholds, a check or extra lines have no place there and would be lost.',
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          owner: keepalived
          sorry_server: { address: 10.0.0.99, weight: 5 }
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          owner: keepalived
          sorry_server: { address: 10.0.0.99 }
    `,
  },
  source: 'keepalived check_data.c: alloc_ssvr',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name } of keepalivedServices(loaded)) {
    const server = loaded.spec.services?.[name]?.sorry_server;
    if (server === undefined) continue;
    const details = serverDetails(server);
    for (const [key, value] of Object.entries(details)) {
      const says = NOT_TAKEN[key];
      if (says === undefined || value === undefined || value === PLAIN[key]) continue;
      yield {
        path: ['services', name, 'sorry_server', key],
        side: 'key',
        message: `keepalived, which owns ${name}, ${says}`,
        hint: key === 'check' ? 'remove it, or write check: none' : 'remove it',
      };
    }
  }
}

const NOT_TAKEN: Readonly<Record<string, string>> = {
  weight: 'gives a sorry server weight 1',
  upper_threshold: 'gives a sorry server no thresholds',
  lower_threshold: 'gives a sorry server no thresholds',
  check: 'does not check a sorry server',
  extra: 'has no block for a sorry server',
};

/** What it does anyway. */
const PLAIN: Readonly<Record<string, unknown>> = { weight: 1, upper_threshold: 0, lower_threshold: 0, check: 'none' };
