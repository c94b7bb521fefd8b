import { installCommand } from '../commands.ts';
import { needsKeepalived } from '../part.ts';
import type { DirectorHost, NotSeen, Report, Rule } from '../rule.ts';
import { notSeen } from '../rule.ts';
import { isOlder } from '../../model/version-order.ts';

export const keepalivedVersion: Rule<DirectorHost> = {
  id: 'DOC108',
  name: 'keepalived-version',
  severity: 'error',
  why: 'keepalived.conf is written for the version that the spec names; an older one does not know some of its words',
  source: 'keepalived: "Unknown keyword", release notes',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { facts, desired } = host;
  const { version: wanted } = desired.keepalived;
  if (!needsKeepalived(host) || facts.programs.get('keepalived') === null) return;
  if (!facts.keepalivedVersion.known) yield* notSeen(facts.keepalivedVersion);
  else if (isOlder(facts.keepalivedVersion.value, wanted))
    yield {
      seen: `keepalived is ${facts.keepalivedVersion.value}`,
      wanted: `keepalived ${wanted} or later (keepalived.version)`,
      fix: installCommand(facts, { apt: 'keepalived', dnf: 'keepalived' }),
      advice:
        'Where there is no newer package, write the installed version into keepalived.version and see what lint says',
    };
}
