import { isServedHere, partsOf, vipsOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';

export const vipPermanent: Rule<DirectorHost> = {
  id: 'DOC306',
  name: 'vip-permanent',
  severity: 'error',
  why: 'A VIP that the network configuration gives to this host is here at every boot, whoever is master',
  source: 'acassen/keepalived issues 836, 1385',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { permanentAddresses } = host.facts;
  // The owner of an address has it for good (RFC 5798 §6.1).
  const moving = partsOf(host).filter(({ member }) => member.priority !== 255);
  if (moving.length === 0) return;
  if (!permanentAddresses.known) return yield* notSeen(permanentAddresses);
  for (const { instance } of moving) {
    for (const { address, file } of permanentAddresses.value) {
      if (!vipsOf(instance).some((vip) => vip.address.text === address) || isServedHere(address, host)) continue;
      yield {
        seen: `${file} gives this host ${address}`,
        wanted: `${address} given by keepalived alone (VRRP instance ${instance.name})`,
        advice: `Remove it from ${file}`,
      };
    }
  }
}
