import type { LoadedSpec } from '../spec/load.ts';
import type { Report } from './rule.ts';

/** Where the scheduler of a service is written; the service where nothing is, and the default counts. */
export function schedulerPlace({ spec }: LoadedSpec, name: string): Pick<Report, 'path' | 'side'> {
  if (spec.services?.[name]?.scheduler !== undefined) return { path: ['services', name, 'scheduler'], side: 'value' };
  if (spec.defaults?.scheduler !== undefined) return { path: ['defaults', 'scheduler'], side: 'value' };
  return { path: ['services', name], side: 'key' };
}
