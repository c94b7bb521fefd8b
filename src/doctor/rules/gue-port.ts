import { networkCommand } from '../commands.ts';
import { type NotSeen, notSeen, type Report, type Rule, type ServingHost } from '../rule.ts';
import { needsOf } from '../serving.ts';

export const guePort: Rule<ServingHost> = {
  id: 'DOC503',
  name: 'gue-port',
  severity: 'error',
  why: 'GUE is UDP: without a port that takes it off, the host answers that the port is unreachable',
  source: 'ip-fou(8)',
  check,
};

function* check(host: ServingHost): Iterable<Report | NotSeen> {
  const { facts } = host;
  const { receivePorts } = needsOf(host);
  if (receivePorts.length === 0) return;
  if (!facts.guePorts.known) return yield* notSeen(facts.guePorts);
  for (const { family, port } of receivePorts) {
    if (facts.guePorts.value.includes(port)) continue;
    yield {
      seen: `UDP port ${port} does not take GUE`,
      wanted: `GUE taken off at UDP port ${port} (${family})`,
      fix: ['modprobe fou', networkCommand(facts, `ip ${family === 'ipv4' ? '-4' : '-6'} fou add port ${port} gue`)],
    };
  }
}
