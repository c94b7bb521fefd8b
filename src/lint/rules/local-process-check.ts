import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const localProcessCheck: Rule = {
  id: 'LVS226',
  name: 'local-process-check',
  severity: 'info',
  why: 'The kernel tells keepalived of every process that starts or ends, at once and without a program every second',
  harm: 'killall -0 and pidof start a program at every interval to find out what the kernel tells keepalived by itself. Both say only that a process is there, not that it answers.',
  examples: {
    bad: yaml`
      track:
        scripts: { proxy: { command: /usr/bin/killall -0 nginx } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { proxy: {} } }
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
  source: 'keepalived.conf(5) vrrp_track_process; proc connector',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const [name, { command }] of Object.entries(loaded.spec.track?.scripts ?? {})) {
    const [found] = LOOKS_FOR_PROCESS.exec(command) ?? [];
    if (found === undefined) continue;
    yield {
      path: ['track', 'scripts', name, 'command'],
      message: `${name} only looks whether a process is there, with ${found.trim()}`,
      hint: 'use track.processes',
    };
  }
}

const LOOKS_FOR_PROCESS = /\b(?:killall5? -0|kill -0|pidof|pgrep)(?= )/;
