import { splitCommand } from '../../model/command.ts';
import type { TrackProcess } from '../../model/trackers.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const trackProcess: Rule = {
  id: 'LVS190',
  name: 'track-process',
  severity: 'error',
  why: 'A name that no process can have is never found, and a quorum that contradicts its limit is ignored',
  harm: 'Without full_command a process is found by the name that the kernel keeps, which has 15 bytes and no path. A longer name, or a path, is never found, so the tracker fails from the start. keepalived ignores a quorum above quorum_max.',
  examples: {
    bad: yaml`
      track:
        processes: { proxy: { process: /usr/sbin/nginx } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { processes: { proxy: {} } }
    `,
    good: yaml`
      track:
        processes: { proxy: { process: nginx } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { processes: { proxy: {} } }
    `,
  },
  source:
    'keepalived vrrp_parser.c vrrp_tprocess_quorum_max_handler, track_process.c; proc(5) comm; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const tracker of loaded.desired.keepalived.trackers.processes) {
    const path = ['track', 'processes', tracker.name];
    const { quorum, quorumMax } = tracker;
    if (quorum !== undefined && quorumMax !== undefined && quorumMax < quorum)
      yield {
        path: [...path, 'quorum_max'],
        message: `At most ${quorumMax} of ${tracker.name} may run, and at least ${quorum} must`,
        hint: quorumMax === 0 ? 'remove quorum: none may run then' : 'raise quorum_max, or lower quorum',
      };
    const fault = nameFault(tracker);
    if (fault !== undefined && !loaded.incomplete(path)) yield { path: [...path, 'process'], ...fault };
  }
}

/** Without arguments and full_command the name is compared with /proc/PID/comm, which the kernel cuts at 15 bytes. */
function nameFault({
  process: command,
  paramMatch,
  fullCommand,
}: TrackProcess): { message: string; hint: string } | undefined {
  const words = splitCommand(command);
  if (typeof words === 'string' || words.length > 1 || paramMatch !== undefined || fullCommand) return undefined;
  const name = words[0]?.text ?? '';
  const hint = 'write the name that ps -o comm shows, or use full_command: true';
  if (name === '') return { message: 'An empty name is that of no process', hint };
  if (name.includes('/')) return { message: `"${name}" is a path, and a process is found by its name`, hint };
  if (Buffer.byteLength(name) > 15)
    return { message: `"${name}" has more than the 15 bytes that the kernel keeps of a name`, hint };
  return undefined;
}
