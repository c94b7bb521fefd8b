import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import type { VrrpInstance } from '../model/vrrp.ts';
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
import { notifyStatements } from './notify.ts';
import { type OwnInstance, ownsAddress } from './own-instances.ts';
import { scriptStatement } from './script-statement.ts';
import { trackingBlocks, trackingOf } from './tracking.ts';
import { advertStatements } from './unicast.ts';
import { virtualAddressBlocks } from './virtual-addresses.ts';

/** An instance as one director has it. */
export function instanceBlock(
  own: OwnInstance,
  { director, desired }: { director: Director; desired: Desired },
): Block {
  const { instance } = own;
  const { trackers } = desired.keepalived;
  return block(
    ['vrrp_instance', instance.name],
    [
      ...identityStatements(own),
      ...advertStatements(own, director),
      ...electionStatements(own),
      ...modeStatements(instance, desired),
      ...garpStatements(instance.garp, ''),
      ...authentication(instance),
      ...virtualAddressBlocks(instance),
      ...filled('virtual_routes', instance.routes.map(ipStatement)),
      ...filled('virtual_rules', instance.rules.map(ipStatement)),
      ...present('dont_track_primary', !instance.trackPrimary),
      ...trackingBlocks(trackingOf(own, trackers), trackers),
      ...notifyStatements(instance.notify),
      ...scriptStatement('notify_deleted', instance.notify.deleted, instance.notify.user),
      ...boolean('smtp_alert', instance.smtpAlert),
      ...raw(instance.extra),
    ],
    instance.origin,
  );
}

/**
 * Always BACKUP with a priority. MASTER would only be the state to start in, and clears nopreempt and preempt_delay; for
 * the owner of the address it is what strict mode wants (vrrp_complete_instance).
 */
function identityStatements({ instance, member }: OwnInstance): Item[] {
  return [
    statement('state', ownsAddress(member) ? 'MASTER' : 'BACKUP'),
    ...optional('interface', member.interface),
    ...vmacStatements(instance),
    statement('virtual_router_id', instance.virtualRouterId),
    statement('priority', member.priority),
    statement('version', instance.version),
    ...optionalDecimal('advert_int', instance.advertSeconds),
  ];
}

/** keepalived wants unicast adverts to leave by the interface below (vrrp_end_handler). */
function vmacStatements({ vmac, unicast }: VrrpInstance): Statement[] {
  if (vmac === null) return [];
  return [
    statement('use_vmac', ...(vmac.interface === null ? [] : [vmac.interface])),
    ...present('vmac_xmit_base', vmac.xmitBase || unicast !== null),
    ...present('use_vmac_addr', vmac.addresses),
  ];
}

/** An owner of the address always takes over, and at once; keepalived complains of a word to the contrary. */
function electionStatements({ instance, member }: OwnInstance): Statement[] {
  const { preempt, preemptDelaySeconds, downTimerAdverts } = instance;
  return [
    ...(ownsAddress(member)
      ? []
      : [...present('nopreempt', !preempt), ...optionalDecimal('preempt_delay', preemptDelaySeconds)]),
    ...optional('down_timer_adverts', downTimerAdverts),
  ];
}

/** Strict mode turns accept off unless told otherwise, and a VIP that accepts nothing serves nobody. */
function modeStatements(instance: VrrpInstance, { keepalived }: Desired): Statement[] {
  const isStrict = instance.strict ?? keepalived.settings.vrrpStrict ?? false;
  return [
    ...boolean('strict_mode', instance.strict),
    ...present('no_accept', !instance.accept),
    ...present('accept', instance.accept && isStrict && instance.version === 3),
    ...boolean('v3_checksum_as_v2', instance.checksumAsV2 || null),
    // A virtual interface has it anyhow, and keepalived complains of the word.
    ...present('promote_secondaries', instance.promoteSecondaries && instance.vmac === null),
  ];
}

function authentication({ authentication }: VrrpInstance): Block[] {
  if (authentication === null) return [];
  const { type, password } = authentication;
  return [block(['authentication'], [statement('auth_type', type.toUpperCase()), statement('auth_pass', password)])];
}

/** What ip-route(8) or ip-rule(8) would take, word by word. */
function ipStatement(text: string): Statement {
  return statement(...text.trim().split(/\s+/));
}
