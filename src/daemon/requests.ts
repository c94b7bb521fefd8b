import type { ControlRequest, Conversations } from './control.ts';
import { events } from './requests/events.ts';
import { overrideEnd } from './requests/override-end.ts';
import { overrideFollow } from './requests/override-follow.ts';
import { overrideSet } from './requests/override-set.ts';
import { overrides } from './requests/overrides.ts';
import { ping } from './requests/ping.ts';
import { reload } from './requests/reload.ts';
import { status } from './requests/status.ts';
import { verdicts } from './requests/verdicts.ts';

type Requests = { readonly [Name in keyof Conversations]: ControlRequest<Name> };

/** All that the daemon answers, by the names that are sent. */
export const REQUESTS: Requests = {
  ping,
  status,
  reload,
  overrides,
  'override-set': overrideSet,
  'override-end': overrideEnd,
  'override-follow': overrideFollow,
  verdicts,
  events,
};
