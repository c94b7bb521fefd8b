import type { HandOver } from '../keepalived/hand-over.ts';
import type { HandOverRisk } from '../keepalived/hand-over-risks.ts';
import { mayBeHeld, type SeenHolder } from '../keepalived/seen-holder.ts';
import { formatDuration } from '../model/duration.ts';
import { type Maintenance, maintenanceText } from '../model/maintenance.ts';

export function riskText({ instance, message, hint }: HandOverRisk): string {
  return `${instance}: ${message}\n  Way out: ${hint}`;
}

/** What would become of an instance. */
export function foretoldText(handOver: HandOver, { director, isHere }: { director: string; isHere: boolean }): string {
  const { instance, withdrawal, vips, peers, preemptDelaySeconds: delay } = handOver;
  const where = withdrawal === 'lower' ? 'has priority 1 here' : 'leaves the file';
  if (!isHere) return `${instance}: ${director} holds none of its VIPs; it ${where}`;
  const names = peers.map(({ name }) => name).join(' or ');
  if (withdrawal === 'leave')
    return `${instance}: ${director} gives ${vips.join(', ')} up with an advert of priority 0, upon which ${names} takes over`;
  const when = delay === 0 ? '' : ` after the preempt_delay of ${formatDuration(delay)}`;
  return `${instance}: ${names} takes ${vips.join(', ')} over from priority 1${when}, before ${director} lets go`;
}

export function handedOverText({
  director,
  maintenance,
  seen,
}: {
  director: string;
  maintenance: Maintenance;
  seen: readonly SeenHolder[];
}): string {
  const lines = seen.length === 0 ? [`${director} held no VIP, so none had to move.`] : seen.map(holderText);
  const end = `${director} is ${maintenanceText(maintenance)}. It ends with: lvsctl maintain --end`;
  return [...lines, end].map((line) => `${line}\n`).join('');
}

/** Why the VIPs are taken back. */
export function notHandedOverText({ held, seen }: { held: readonly string[]; seen: readonly SeenHolder[] }): string {
  const lines =
    held.length > 0
      ? [`Time is up, and ${held.join(', ')} did not leave: no peer took over.`]
      : seen.filter((one) => !mayBeHeld(one)).map(holderText);
  return lines.map((line) => `${line}\n`).join('');
}

export function takenBackText(director: string, missing: readonly string[]): string {
  if (missing.length === 0) return `${director} holds all its VIPs again, and is not in maintenance.\n`;
  return `${director} is not in maintenance, but ${missing.join(', ')} did not come back: lvsctl doctor\n`;
}

function holderText(seen: SeenHolder): string {
  const { instance } = seen;
  const left = `${instance.instance}: ${instance.vips.join(', ')} left this director`;
  switch (seen.kind) {
    case 'adverts':
      return `${left}; ${holderName(instance, seen.source)} sends its adverts, priority ${seen.priority}.`;
    case 'answers':
      return `${left}; no adverts were heard, but every VIP answers ping.`;
    case 'nobody':
      return `${left}, and nobody was seen to have taken over: no adverts, and not every VIP answers ping.`;
    case 'unknown':
      return `${left}. Whether a peer holds them is not known: ${seen.reasons.join('; ')}.`;
  }
}

function holderName({ peers }: HandOver, source: string): string {
  const peer = peers.find(({ address }) => address === source);
  return peer === undefined || peer.name === source ? source : `${peer.name} (${source})`;
}

/** What would become of an instance at the end of a maintenance. */
export function foretoldReturnText({ instance, vips, returns }: HandOver, director: string): string {
  return returns
    ? `${instance}: ${vips.join(', ')} comes back to ${director}`
    : `${instance}: ${vips.join(', ')} stays where it is; ${director} takes its part again`;
}

export function returnedText({
  director,
  all,
  returning,
}: {
  director: string;
  all: readonly HandOver[];
  returning: readonly HandOver[];
}): string {
  const lines = all.map((one) => {
    const vips = one.vips.join(', ');
    return returning.includes(one)
      ? `${one.instance}: ${vips} came back to ${director}.`
      : `${one.instance}: ${vips} may stay where they are; ${director} takes its part again.`;
  });
  return [...lines, `${director} is not in maintenance any more.`].map((line) => `${line}\n`).join('');
}

export function notReturnedText(director: string, missing: readonly string[]): string {
  return (
    `${director} is not in maintenance any more, but ${missing.join(', ')} did not come back in time.\n` +
    '  A tracker may hold the priority down, or the instance is in fault: lvsctl doctor.\n'
  );
}
