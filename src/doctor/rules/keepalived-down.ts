import { startKeepalived } from '../commands.ts';
import { needsKeepalived } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';

export const keepalivedDown: Rule<DirectorHost> = {
  id: 'DOC401',
  name: 'keepalived-down',
  severity: 'error',
  why: 'Without keepalived this director never becomes master, and checks no real server',
  source: 'keepalived(8)',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { facts } = host;
  if (!needsKeepalived(host)) return;
  if (!facts.keepalived.known) return yield* notSeen(facts.keepalived);
  const { pids, pidFile, filePid } = facts.keepalived.value;
  if (pids.length > 0) return;
  yield {
    seen: `keepalived does not run${filePid === null ? '' : `: ${pidFile} names process ${filePid}, which is not one of this host`}`,
    wanted: `keepalived as the spec configures it${facts.netns === null ? '' : `, in the network namespace ${facts.netns}`}`,
    fix: [startKeepalived(facts)],
  };
}
