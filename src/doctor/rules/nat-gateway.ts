import { networkCommand } from '../commands.ts';
import { natFamilies, wrongGateways } from '../gateways.ts';
import { type NotSeen, notSeen, type Report, type Rule, type ServingHost } from '../rule.ts';

export const natGateway: Rule<ServingHost> = {
  id: 'DOC506',
  name: 'nat-gateway',
  severity: 'warning',
  why: 'Answers by nat must go back through the director, which gives them the VIP as their source; others are refused by the client',
  source: 'LVS-HOWTO: LVS-NAT',
  check,
};

function* check(host: ServingHost): Iterable<Report | NotSeen> {
  const { routes, interfaces } = host.facts;
  if (natFamilies(host).length === 0) return;
  if (!routes.known || !interfaces.known) return yield* [...notSeen(routes), ...notSeen(interfaces)];
  const wrong = wrongGateways(host, { routes: routes.value, interfaces: interfaces.value });
  for (const { family, gateway, better } of wrong) {
    const command = `ip${family === 'ipv6' ? ' -6' : ''} route replace default via ${better}`;
    yield {
      seen: gateway === null ? `There is no ${family} default gateway` : `The ${family} default gateway is ${gateway}`,
      wanted: better === null ? 'An address of the director' : `${better}, an address of the director`,
      ...(better === null
        ? {
            advice:
              'Give the director an address in the network of this host that moves with its VIPs, and route through it',
          }
        : {
            fix: [networkCommand(host.facts, command)],
            advice: 'Put it into the network configuration of this host too',
          }),
    };
  }
}
