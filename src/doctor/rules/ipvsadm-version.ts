import { installCommand } from '../commands.ts';
import type { DirectorHost, NotSeen, Report, Rule } from '../rule.ts';
import { notSeen } from '../rule.ts';
import { isOlder } from '../../model/version-order.ts';

export const ipvsadmVersion: Rule<DirectorHost> = {
  id: 'DOC107',
  name: 'ipvsadm-version',
  severity: 'warning',
  why: 'Listings are read as ipvsadm 1.31 prints them; older ones do not show tunnels, mh and large weights',
  source: 'ipvsadm 1.31: --tun-type gre, --exact; reading was measured with it',
  check,
};

const WANTED = '1.31';

function* check({ facts, desired }: DirectorHost): Iterable<Report | NotSeen> {
  const version = facts.ipvsadmVersion;
  // Whether it is there at all is for DOC106.
  if (desired.services.length === 0 || facts.programs.get('ipvsadm') === null) return;
  if (!version.known) yield* notSeen(version);
  else if (isOlder(version.value, WANTED))
    yield {
      seen: `ipvsadm is ${version.value}`,
      wanted: `ipvsadm ${WANTED} or later`,
      fix: installCommand(facts, { apt: 'ipvsadm', dnf: 'ipvsadm' }),
    };
}
