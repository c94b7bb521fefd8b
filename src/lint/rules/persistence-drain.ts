import type { LoadedSpec } from '../../spec/load.ts';
import { allDirectorsHave, declaredDirectors } from '../declared-hosts.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const persistenceDrain: Rule = {
  id: 'LVS205',
  name: 'persistence-drain',
  severity: 'info',
  why: 'A client with a persistence template still comes to a draining server with new connections, so the drain may last its whole time',
  harm: "A known client is found by its persistence template, not by the scheduler, so weight 0 does not keep it away: it opens new connections to the draining server and renews the template. The server empties only when the clients go, or when the drain's time is over and their connections are cut. With net.ipv4.vs.expire_quiescent_template=1 they move to another server.",
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, drain: 5m, persistence: { timeout: 10m } }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, drain: 0, persistence: { timeout: 10m } }
    `,
  },
  source:
    'ip_vs_core.c ip_vs_sched_persist; Documentation/networking/ipvs-sysctl.rst: expire_quiescent_template; kubernetes/kubernetes#71809, #71834; kube-keepalived-vip#117; acassen/keepalived#2236',
  check,
};

const SYSCTL = 'net.ipv4.vs.expire_quiescent_template';

function* check(loaded: LoadedSpec): Iterable<Report> {
  if (allDirectorsHave(loaded, SYSCTL, 1)) return;
  for (const { name, persistence, drainSeconds } of loaded.desired.services) {
    if (persistence === null || drainSeconds === 0) continue;
    const stay = `Clients known to ${name} keep coming to a draining server while their persistence lasts`;
    yield { path: ['services', name, 'persistence'], side: 'key', ...explain(stay, loaded) };
  }
}

/** As far as the spec declares what the directors have. */
function explain(stay: string, loaded: LoadedSpec): Pick<Report, 'message' | 'hint' | 'related'> {
  const off = declaredDirectors(loaded).filter(({ host }) => host.sysctls?.[SYSCTL] === 0);
  const hint = `set the sysctl ${SYSCTL}=1 to move them, and say so under host.sysctls of the directors`;
  if (off.length === 0) return { message: stay, hint };
  const names = off.map(({ name }) => name).join(' and ');
  return {
    message: `${stay}: ${SYSCTL} is 0 on ${names}`,
    hint,
    related: off.map(({ path, name }) => ({ path: [...path, 'sysctls', SYSCTL], message: `that of ${name}` })),
  };
}
