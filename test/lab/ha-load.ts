import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { Caller } from './long-connection.ts';
import { serverIn } from './server-in.ts';

/** What a load of `startHaLoad` does. */
export interface HaLoadPlan {
  /** Asked in turn on port 80, each time by a new connection. None: there are only long connections. */
  readonly vips: readonly string[];
  readonly requestsPerSecond: number;
  /** An answer that comes later counts as lost. Shorter than the second after which TCP would ask again. */
  readonly timeoutMilliseconds: number;
}

/** One short connection. */
export interface ShortRequest extends Sent {
  /** Name of the real server that answered; null: lost. */
  readonly server: string | null;
  /** Why it was lost. */
  readonly reason: string | null;
}

interface Sent {
  readonly vip: string;
  /** As Date.now() counts. */
  readonly at: number;
  /** How much later that was than it should be: on a busy machine, everything else is as late. */
  readonly lateMilliseconds: number;
}

/** What the load is told, one JSON document a line; it answers each with one. */
export type HaLoadCommand =
  /** Gives the short requests that came to an end since the last time. */
  | { readonly command: 'take' }
  /** Opens long connections in place of those it has; quiet ones say nothing before `speak`. */
  | ({ readonly command: 'hold' } & Held)
  | { readonly command: 'speak' }
  | { readonly command: 'held' };

interface Held {
  readonly vips: readonly string[];
  readonly quietVips: readonly string[];
}

let taken: ShortRequest[] = [];
let callers: readonly Caller[] = [];

async function main(plan: HaLoadPlan): Promise<void> {
  const timer = plan.vips.length === 0 ? undefined : askSteadily(plan);
  process.stdout.write('"ready"\n');
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await obey(JSON.parse(line) as HaLoadCommand))}\n`);
  }
  clearInterval(timer);
  process.exit(0);
}

/** By the clock, not by the answers: requests go on when none come. */
function askSteadily({ vips, requestsPerSecond, timeoutMilliseconds }: HaLoadPlan): NodeJS.Timeout {
  const pause = 1000 / requestsPerSecond;
  let turn = 0;
  let last = performance.now();
  return setInterval(() => {
    const now = performance.now();
    const lateMilliseconds = Math.max(0, Math.round(now - last - pause));
    last = now;
    ask({ vip: vips[turn % vips.length] ?? '', at: Date.now(), lateMilliseconds }, timeoutMilliseconds);
    turn += 1;
  }, pause);
}

async function obey(command: HaLoadCommand): Promise<unknown> {
  switch (command.command) {
    case 'take':
      return take();
    case 'hold':
      await hold(command);
      break;
    case 'speak':
      for (const caller of callers) void caller.speak();
      break;
    case 'held':
      break;
  }
  return callers.map((caller) => caller.seen());
}

function take(): ShortRequest[] {
  const requests = taken;
  taken = [];
  return requests;
}

async function hold({ vips, quietVips }: Held): Promise<void> {
  for (const caller of callers) caller.close();
  callers = [...vips, ...quietVips].map((vip) => new Caller(vip));
  await Promise.all(callers.map((caller) => caller.opened()));
  await Promise.all(callers.slice(0, vips.length).map((caller) => caller.speak()));
}

function ask(sent: Sent, timeoutMilliseconds: number): void {
  const socket = connect({ host: sent.vip, port: 80 });
  let text = '';
  const end = (reason: string | null) => {
    clearTimeout(timer);
    socket.destroy();
    taken.push({ ...sent, server: reason === null ? serverIn(text) : null, reason });
  };
  const timer = setTimeout(() => end('timeout'), timeoutMilliseconds);
  socket.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    if (serverIn(text) !== null) end(null);
  });
  socket.once('end', () => end('no answer'));
  socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  socket.write('GET / HTTP/1.0\r\n\r\n');
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '') as HaLoadPlan);
