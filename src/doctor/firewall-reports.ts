import { acceptCommand } from './commands.ts';
import type { Expected } from './expected-packets.ts';
import type { HostFacts } from './facts.ts';
import { dropping } from './firewall.ts';
import { type NotSeen, notSeen, type Report } from './rule.ts';

/** Which of these packets the firewall visibly drops. */
export function* firewallReports(facts: HostFacts, packets: readonly Expected[]): Iterable<Report | NotSeen> {
  if (packets.length === 0) return;
  if (!facts.firewall.known) return yield* notSeen(facts.firewall);
  for (const { packet, what } of packets) {
    const found = dropping(packet, facts.firewall.value);
    if (found === null) continue;
    const { chain, by } = found;
    const name = `${chain.tool} ${chain.familyWord} ${chain.table} ${chain.name}`;
    yield {
      seen:
        by === 'rule'
          ? `A rule of the firewall drops ${what} (chain ${name})`
          : `The firewall drops what no rule accepts (chain ${name}), and none accepts ${what}`,
      wanted: `${what} let in`,
      fix: [acceptCommand(facts, chain, packet)],
      advice: "Put that rule into the firewall's own files as well, or it is gone at the next boot",
    };
  }
}
