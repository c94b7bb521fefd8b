import type { KeepalivedHost } from '../host/keepalived.ts';
import { confDigest } from '../keepalived/conf-change.ts';
import { testConf } from '../keepalived/test-conf.ts';
import { readTestMessages, specPlace, type TestMessage } from '../keepalived/test-messages.ts';
import { type Expectation, unmetExpectations } from '../keepalived/verify.ts';
import type { ConfChange } from '../model/conf-change.ts';
import type { KeepalivedStatus } from '../model/keepalived-status.ts';
import type { PendingConf } from '../model/state.ts';

export interface ConfEffects {
  /** Whether keepalived has just said that it takes the file. */
  readonly isTested: boolean;
  readonly keepalived: KeepalivedHost;
  /** Records which file is about to be loaded, before it is in its place; null once keepalived has it. */
  remember(pendingConf: PendingConf | null): Promise<void>;
  /** What the kernel does not show of the services that keepalived has, one sentence each. */
  missingInKernel(): Promise<readonly string[]>;
  sleep(milliseconds: number): Promise<void>;
  now(): number;
}

/** What became of a change of keepalived.conf. */
export type ConfOutcome =
  /** In its place; `loaded`: and keepalived was seen to have taken it over. Else it does not run, or need not know. */
  | { readonly result: 'done'; readonly loaded: boolean; readonly isRunning: boolean }
  /** keepalived does not take it: nothing was touched. */
  | { readonly result: 'refused'; readonly reasons: readonly string[] }
  /** The former file is back, and keepalived has it again. */
  | { readonly result: 'rolled-back'; readonly reasons: readonly string[] }
  /** The former file is back, and keepalived does not have it. */
  | { readonly result: 'broken'; readonly reasons: readonly string[] };

/** How long keepalived may take to show that it has taken over a file. */
const VERIFY_MILLISECONDS = 15_000;
const LOOK_MILLISECONDS = 250;

/**
 * Replaces keepalived.conf: test, replace, reload, look whether it is so; if not, the former file comes back. A file that
 * keepalived refuses never gets into its place: for some mistakes it would end at the reload, and leave its VIPs behind.
 */
export async function replaceConf(
  change: ConfChange,
  expectation: Expectation,
  effects: ConfEffects,
): Promise<ConfOutcome> {
  const { keepalived } = effects;
  const refused = effects.isTested ? [] : await refusedReasons(change, keepalived);
  if (refused.length > 0) return { result: 'refused', reasons: refused };
  if ((await keepalived.read()) !== change.before)
    return { result: 'refused', reasons: ['somebody else changed the file in the meantime: plan again'] };
  const before = await keepalived.status();
  if (change.action === 'comments' || before === null) {
    await keepalived.write(textAfter(change));
    return { result: 'done', loaded: false, isRunning: before !== null };
  }
  await effects.remember({ digest: confDigest(change.after), handedOver: change.handedOver });
  await keepalived.write(textAfter(change));
  const unmet = await reloadAndLook({ change, before, expectation }, effects);
  if (unmet.length > 0) return rollBack({ change, before, reasons: unmet }, effects);
  await effects.remember(null);
  return { result: 'done', loaded: true, isRunning: true };
}

function textAfter({ action, after }: ConfChange): string | null {
  return action === 'remove' ? null : after;
}

/** Why keepalived would not take a file, in its words; nothing when it would. */
export async function refusedReasons(
  { action, after }: Pick<ConfChange, 'action' | 'after'>,
  keepalived: Pick<KeepalivedHost, 'test'>,
): Promise<string[]> {
  if (action === 'remove') return [];
  const { output, exitCode } = await testConf(after, (text) => keepalived.test(text));
  // Its processes read the file one after the other, and say the same of it.
  const messages = [...new Set(readTestMessages(output).map((message) => messageText(message, after)))];
  if (exitCode === null) return [...messages, 'keepalived -t died of a signal, which is how 2.2.7 refuses some files'];
  return exitCode !== 0 && messages.length === 0 ? [`keepalived -t ended with status ${exitCode}`] : messages;
}

/** `edge.lvs.yaml:12: (web) track script chk not found`. */
function messageText({ line, text }: TestMessage, conf: string): string {
  const place = line === null ? null : specPlace(conf, line);
  return place === null ? text : `${place}: ${text}`;
}

interface Reload {
  readonly change: ConfChange;
  readonly before: KeepalivedStatus;
  readonly expectation: Expectation;
}

async function reloadAndLook({ change, before, expectation }: Reload, effects: ConfEffects): Promise<string[]> {
  try {
    await effects.keepalived.reload({ keepServices: change.handedOver.length > 0 });
  } catch (error) {
    return [reasonOf(error)];
  }
  const moving = new Set(change.impacts.map(({ subject }) => subject));
  return lookUntil(async () => {
    const now = await effects.keepalived.status();
    const unmet = unmetExpectations(now, { expectation, before, moving });
    return unmet.length > 0 ? unmet : [...(await effects.missingInKernel())];
  }, effects);
}

/** Looks again until nothing is unmet, or time is over; a keepalived that is gone does not come back. */
async function lookUntil(look: () => Promise<string[]>, { sleep, now }: ConfEffects): Promise<string[]> {
  const end = now() + VERIFY_MILLISECONDS;
  for (;;) {
    await sleep(LOOK_MILLISECONDS);
    const unmet = await look().catch((error: unknown) => [reasonOf(error)]);
    if (unmet.length === 0 || now() >= end) return unmet;
  }
}

async function rollBack(
  { change, before, reasons }: { change: ConfChange; before: KeepalivedStatus; reasons: readonly string[] },
  effects: ConfEffects,
): Promise<ConfOutcome> {
  const { keepalived } = effects;
  await keepalived.write(change.before);
  await effects.remember(null);
  const again = await keepalived
    .reload({ keepServices: false })
    .then(() => isBack(before, effects))
    .catch(() => false);
  return { result: again ? 'rolled-back' : 'broken', reasons };
}

async function isBack(before: KeepalivedStatus, effects: ConfEffects): Promise<boolean> {
  const same = async () => {
    const now = await effects.keepalived.status();
    const names = now?.instances.map(({ name }) => name).join();
    return names === before.instances.map(({ name }) => name).join() ? [] : ['not yet'];
  };
  return (await lookUntil(same, effects)).length === 0;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
