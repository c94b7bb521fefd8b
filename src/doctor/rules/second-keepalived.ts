import { needsKeepalived } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';

export const secondKeepalived: Rule<DirectorHost> = {
  id: 'DOC402',
  name: 'second-keepalived',
  severity: 'error',
  why: 'Each of them gives itself the VIPs and the services of its own file, and neither knows of the other',
  source: 'keepalived(8): one set of pid files for each network namespace',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { keepalived } = host.facts;
  if (!needsKeepalived(host)) return;
  if (!keepalived.known) return yield* notSeen(keepalived);
  const { pids, filePid, pidFile } = keepalived.value;
  if (pids.length < 2) return;
  const others = pids.filter((pid) => pid !== filePid);
  yield {
    seen: `${pids.length} keepalived run here: ${pids.join(', ')}`,
    wanted: filePid === null ? 'One' : `One, that of ${pidFile}`,
    // Without a pid file nobody can say which one is the right one.
    ...(others.length === pids.length
      ? { advice: 'End all but one: kill PID' }
      : { fix: others.map((pid) => `kill ${pid}`) }),
  };
}
