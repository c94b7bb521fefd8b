import type { Decided, Ended, HandEffect } from '../plan/hand-outcome.ts';
import type { HeldServer, ServingLeft } from '../plan/held-servers.ts';
import { columns } from './columns.ts';
import { overrideText } from './override-text.ts';
import { countText, plural, timeText } from './wording.ts';

/** What was decided, and what it did. */
export function decidedText({ override, replaced, isNew, ...effect }: Decided): string {
  const place = replaced === null ? '' : `In place of ${replaced.id}: ${overrideText(replaced)}\n`;
  return `${effectText(effect)}${override.id}${isNew ? '' : ' (as before)'}: ${overrideText(override)}\n${place}`;
}

/** What has ended, and what that did. */
export function endedText({ override, ...effect }: Ended): string {
  return `${effectText(effect)}${override.id} ended: ${overrideText(override)}\n`;
}

function effectText({ servers, left }: Pick<HandEffect, 'servers' | 'left'>): string {
  const rows = servers.map((server) => [server.label, server.address, weightText(server)]);
  return `${rows.length === 0 ? '' : columns(rows, { right: [] })}${left.map(leftText).join('')}`;
}

function weightText({ before, weight }: HeldServer): string {
  if (weight === null) return before === null ? 'not in the table' : `weight ${before}, removed`;
  if (before === null) return `back with weight ${weight}`;
  return before === weight ? `weight ${weight}` : `weight ${before} -> ${weight}`;
}

function leftText({ service, servers, of, share }: ServingLeft): string {
  return `${service}: ${servers} of ${of} real servers take connections, ${Math.round(share * 100)} % of the spec's weight\n`;
}

/** `  03:04:15Z    964 active     58 inactive`: what is still open, of all of them together. */
export function connectionsText(servers: readonly HeldServer[], now: number): string {
  const present = servers.filter(({ weight }) => weight !== null);
  const count = (of: 'active' | 'inactive') =>
    countText(present.reduce((sum, { connections }) => sum + connections[of], 0)).padStart(6);
  const where = servers.length === 1 ? '' : `  in ${plural(present.length, 'real server')}`;
  return `  ${timeText(now).slice(11)} ${count('active')} active ${count('inactive')} inactive${where}`;
}
