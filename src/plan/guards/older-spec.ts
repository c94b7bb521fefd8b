import type { GuardInput } from '../guard.ts';
import type { Hazard } from '../plan.ts';

/** An old checkout or a lagging mirror must not roll the table back unasked. */
export function olderSpec({ desired, state, permissions, specTime }: GuardInput): Hazard[] {
  // Where both name a generation, that decides, and the commit time does not.
  const named = desired.generation !== null && state.generation !== null;
  const message = named
    ? generationMessage(desired.generation, state.generation)
    : timeMessage(specTime ?? null, state.specTime);
  if (message === null) return [];
  return [
    {
      guard: 'older-spec',
      subject: 'the spec',
      message,
      override: '--allow-older',
      origin: null,
      allowed: permissions.older,
    },
  ];
}

function generationMessage(spec: number | null, applied: number | null): string | null {
  if (spec === null || applied === null || spec >= applied) return null;
  return `has generation ${spec}, and generation ${applied} was applied last`;
}

function timeMessage(spec: number | null, applied: number | null): string | null {
  if (spec === null || applied === null || spec >= applied) return null;
  return `was committed ${iso(spec)}, and the one applied last ${iso(applied)}`;
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
