import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenCommands } from '../written-commands.ts';

export const curlWithoutFail: Rule = {
  id: 'LVS225',
  name: 'curl-without-fail',
  severity: 'warning',
  why: 'Without -f curl succeeds whatever the status of the answer is, 500 included, so the check notices a dead host only',
  harm: 'curl exits 0 when it got an answer, whatever its status. A web server that answers every request with 500 or 503 passes the check and keeps its clients.',
  examples: {
    bad: yaml`
      track:
        scripts: { web-up: { command: /usr/bin/curl -s -o /dev/null http://127.0.0.1/healthz } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
    good: yaml`
      track:
        scripts: { web-up: { command: /usr/bin/curl -sf -o /dev/null http://127.0.0.1/healthz } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
  },
  source: 'curl(1) --fail',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, command, isCheck } of writtenCommands(loaded))
    if (isCheck && CURL.test(command) && !JUDGES.test(command))
      yield { path, message: 'curl succeeds here even when the server answers with an error', hint: 'add -f' };
}

const CURL = /(?:^|[\s/'"(;|&])curl\s/;

/** -f among the short options, --fail, --fail-with-body; or somebody looks at what curl prints. */
const JUDGES = /\s(?:-[A-Za-z]*f|--fail\b|-[A-Za-z]*w\b|--write-out)|\|/;
