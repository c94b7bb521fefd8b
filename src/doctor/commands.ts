import type { FilterChain, Packet } from './firewall.ts';
import type { HostFacts } from './facts.ts';

/** Commands that put things right, ready to be typed as root on that host. */

/** A command that works on the network, in the namespace that was looked at. */
export function networkCommand({ netns }: HostFacts, command: string): string {
  return netns === null ? command : `ip netns exec ${netns} ${command}`;
}

export function sysctlCommand(facts: HostFacts, name: string, value: string): string {
  return networkCommand(facts, `sysctl -w ${name}=${value.includes(' ') ? `'${value}'` : value}`);
}

/** Installs a package, named by the package managers apt-get and dnf. */
export function installCommand(facts: HostFacts, { apt, dnf }: { apt: string; dnf: string }): string[] {
  if (facts.programs.get('apt-get')) return [`apt-get install -y ${apt}`];
  if (facts.programs.get('dnf')) return [`dnf install -y ${dnf}`];
  return [];
}

/** Starts keepalived. */
export function startKeepalived(facts: HostFacts): string {
  return facts.hasSystemd && facts.netns === null ? 'systemctl start keepalived' : networkCommand(facts, 'keepalived');
}

/** Lets a packet in, before any other rule of the chain. */
export function acceptCommand(facts: HostFacts, chain: FilterChain, packet: Packet): string {
  const [number = ''] = packet.protocol;
  if (chain.tool === 'nft') {
    const what = packet.port === null ? `meta l4proto ${number}` : `udp dport ${packet.port}`;
    return networkCommand(facts, `nft insert rule ${chain.familyWord} ${chain.table} ${chain.name} ${what} accept`);
  }
  const port = packet.port === null ? '' : ` --dport ${packet.port}`;
  return networkCommand(
    facts,
    `${chain.tool} -I ${chain.name} -p ${packet.port === null ? number : 'udp'}${port} -j ACCEPT`,
  );
}
