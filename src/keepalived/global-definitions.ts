import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import type { KeepalivedSettings, MailSettings, VrrpSyncDaemon } from '../model/keepalived.ts';
import {
  type Block,
  block,
  boolean,
  filled,
  type Item,
  optional,
  present,
  raw,
  type Statement,
  statement,
} from './block.ts';
import { optionalDecimal } from './decimal.ts';
import { garpStatements } from './garp.ts';
import { type OwnInstance, ownInstances } from './own-instances.ts';
import { scriptStatement, userWords } from './script-statement.ts';

/** `global_defs`: what holds for keepalived as a whole on one director. */
export function globalDefinitions(desired: Desired, director: Director): Block {
  const { settings } = desired.keepalived;
  const instances = ownInstances(desired, director);
  return block(
    ['global_defs'],
    [
      statement('router_id', director.routerId),
      ...mailItems(settings.mail),
      ...scriptStatements(settings),
      ...interfaceStatements(settings),
      ...vrrpStatements(settings),
      ...processStatements(settings),
      ...fifoStatements(settings),
      ...present('enable_snmp_vrrp', settings.snmp),
      ...present('enable_snmp_checker', settings.snmp),
      ...syncDaemonStatements(desired.keepalived.syncDaemon, instances),
      ...timeoutStatements(desired),
      ...raw(settings.extra),
    ],
    settings.origin ?? undefined,
  );
}

function mailItems(mail: MailSettings | null): Item[] {
  if (mail === null) return [];
  const { to = [], from, server, port, helo, timeout, vrrp, checks } = mail;
  return [
    ...filled(
      'notification_email',
      to.map((address) => statement(address)),
    ),
    ...optional('notification_email_from', from),
    ...smtpServer(server?.text, port),
    ...optional('smtp_helo_name', helo),
    ...optionalDecimal('smtp_connect_timeout', timeout),
    ...boolean('smtp_alert_vrrp', vrrp),
    ...boolean('smtp_alert_checker', checks),
  ];
}

/** A port alone is that of the host itself, where keepalived sends mails to unless told otherwise. */
function smtpServer(address: string | undefined, port: number | undefined): Statement[] {
  if (address === undefined && port === undefined) return [];
  return [statement('smtp_server', address ?? '127.0.0.1', ...(port === undefined ? [] : [port]))];
}

function scriptStatements({ enableScriptSecurity, scriptUser }: KeepalivedSettings): Statement[] {
  const words = userWords(scriptUser);
  return [
    ...present('enable_script_security', enableScriptSecurity),
    ...(words.length === 0 ? [] : [statement('script_user', ...words)]),
  ];
}

function interfaceStatements({ dynamicInterfaces, defaultInterface }: KeepalivedSettings): Statement[] {
  return [...present('dynamic_interfaces', dynamicInterfaces), ...optional('default_interface', defaultInterface)];
}

/** keepalived takes no delay of 0 (vrrp_startup_delay_handler). */
function vrrpStatements(settings: KeepalivedSettings): Statement[] {
  return [
    ...optional('vrrp_version', settings.vrrpVersion),
    ...present('vrrp_strict', settings.vrrpStrict),
    ...present('vrrp_skip_check_adv_addr', settings.vrrpSkipCheckAdvAddr),
    ...optionalDecimal('vrrp_startup_delay', settings.vrrpStartupDelay || undefined),
    ...garpStatements(settings.garp, 'vrrp_'),
    ...optionalDecimal('vrrp_garp_interval', settings.garpInterval),
  ];
}

function processStatements(settings: KeepalivedSettings): Statement[] {
  return [
    ...optional('max_auto_priority', settings.maxAutoPriority),
    ...optional('vrrp_priority', settings.vrrpPriority),
    ...optional('checker_priority', settings.checkerPriority),
    ...present('vrrp_no_swap', settings.noSwap),
  ];
}

function fifoStatements({ notifyFifo }: KeepalivedSettings): Statement[] {
  if (notifyFifo === null) return [];
  return [
    statement('notify_fifo', notifyFifo.path),
    ...scriptStatement('notify_fifo_script', notifyFifo.script, undefined),
  ];
}

/** Only where the instance is: without it keepalived has nothing to follow, and clears the setting. */
function syncDaemonStatements(daemon: VrrpSyncDaemon | null, here: readonly OwnInstance[]): Statement[] {
  const isHere = here.some(({ instance }) => instance.name === daemon?.instance);
  return daemon !== null && isHere ? [syncDaemonStatement(daemon)] : [];
}

/** The id is always said, since keepalived's own is that of the instance, and that of lvsctl 0. */
function syncDaemonStatement(daemon: VrrpSyncDaemon): Statement {
  const { interface: device, instance, syncId = 0, maxLength, port, ttl, group } = daemon;
  const options = [['maxlen', maxLength] as const, ['port', port] as const, ['ttl', ttl] as const];
  return statement(
    'lvs_sync_daemon',
    ...[device, 'inst', instance, 'id', syncId],
    ...options.flatMap(([keyword, value]) => (value === undefined ? [] : [keyword, value])),
    ...(group === undefined ? [] : ['group', group.text]),
  );
}

/** keepalived sets them for the whole network namespace; where it has no service of its own, lvsctl does. */
function timeoutStatements({ timeouts, services }: Desired): Statement[] {
  const { tcp, tcpFin, udp } = timeouts ?? {};
  const options = [['tcp', tcp] as const, ['tcpfin', tcpFin] as const, ['udp', udp] as const];
  const words = options.flatMap(([keyword, value]) => (value === undefined ? [] : [keyword, value]));
  const isOurs = services.some(({ owner }) => owner === 'keepalived');
  return isOurs && words.length > 0 ? [statement('lvs_timeouts', ...words)] : [];
}
