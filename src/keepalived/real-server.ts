import type { ServiceNotify } from '../model/availability.ts';
import type { DesiredServer } from '../model/desired.ts';
import type { Forwarding, ServerAddress } from '../model/table.ts';
import { type Block, block, present, raw, type Statement, statement, type Word } from './block.ts';
import { type CheckTimers, checkTimers, timerStatements } from './check-timers.ts';
import { checkers } from './checker.ts';
import { forwardingWords, sameForwarding } from './forwarding-words.ts';
import { scriptStatement } from './script-statement.ts';

/** What its service says, so that a real server need not. */
export interface SaidByService {
  readonly forwarding: Forwarding | undefined;
  readonly timers: CheckTimers;
  /** keepalived has these commands with each real server. */
  readonly notify: ServiceNotify;
}

export function realServer(server: DesiredServer, said: SaidByService): Block {
  const { check } = server;
  const { notify } = said;
  return block(
    ['real_server', ...endpointWords(server)],
    [
      statement('weight', server.weight),
      ...methodStatement('lvs_method', server.forwarding, said.forwarding),
      ...threshold('uthreshold', server.upperThreshold),
      ...threshold('lthreshold', server.lowerThreshold),
      ...present('inhibit_on_failure', check?.onFailure === 'quiesce'),
      ...scriptStatement('notify_up', notify.up, notify.user),
      ...scriptStatement('notify_down', notify.down, notify.user),
      ...timerStatements(checkTimers(check), said.timers),
      ...checkers(check),
      ...raw(server.extra),
    ],
    server.origin,
  );
}

/** keepalived takes no port 0; none stands for it. */
export function endpointWords({ address, port }: ServerAddress): readonly Word[] {
  return port === 0 ? [address] : [address, port];
}

/** Where it is not the service's. */
export function methodStatement(keyword: string, own: Forwarding, said: Forwarding | undefined): Statement[] {
  return said !== undefined && sameForwarding(own, said) ? [] : [statement(keyword, ...forwardingWords(own))];
}

function threshold(keyword: string, connections: number): Statement[] {
  return connections === 0 ? [] : [statement(keyword, connections)];
}
