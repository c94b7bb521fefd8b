import type { Instance } from './instance.ts';

const MOST_NAMED = 4;

/** `a`, `a and b`, `a, b and c`, or the first few and how many more. */
export function listed(names: readonly string[]): string {
  const shown = names.length > MOST_NAMED ? names.slice(0, MOST_NAMED - 1) : names.slice(0, -1);
  const last = names.length > MOST_NAMED ? `${names.length - shown.length} more` : names.slice(-1).join('');
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** `no VIP`, `the VIP 203.0.113.10`, `the VIPs 203.0.113.10 and 203.0.113.11`. */
export function vipsText(addresses: readonly string[]): string {
  if (addresses.length === 0) return 'no VIP';
  return `the VIP${addresses.length === 1 ? '' : 's'} ${listed(addresses)}`;
}

/** How long a director without a master waits before it takes over: `3 adverts (3 s)`. */
export function waitText(instance: Instance): string {
  return `${instance.downTimerAdverts} adverts (${secondsText(instance)})`;
}

export function secondsText({ downTimerAdverts, advertSeconds }: Instance): string {
  return `${Number((downTimerAdverts * advertSeconds).toFixed(2))} s`;
}

/** `1 -> 2`, with a word for what is not there. */
export function changeText(name: string, before: string, after: string): string {
  return `${name} ${before === '' ? 'none' : before} -> ${after === '' ? 'none' : after}`;
}
