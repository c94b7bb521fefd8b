import { connect, type Socket } from 'node:net';
import { serverIn } from './server-in.ts';

/** How a connection that asks ten times a second is doing. */
export interface LongConnection {
  readonly vip: string;
  readonly clientPort: number;
  /** Name of the real server; empty while it did not answer yet. */
  readonly server: string;
  readonly answers: number;
  /** From one answer to the next, at most. */
  readonly longestGapMilliseconds: number;
  /** Why it is closed; null while it is open. */
  readonly endedBy: string | null;
  /** Whether it had an answer just now: one that is open may have nobody at its other end. */
  readonly isAlive: boolean;
}

const ASK_MILLISECONDS = 100;
const JUST_NOW_MILLISECONDS = 2000;
const GET = 'GET / HTTP/1.1\r\nHost: site\r\n\r\n';

/** Keeps one connection; what it loses, TCP sends again. */
export class Caller {
  private readonly vip: string;
  private clientPort = 0;
  private readonly socket: Socket;
  private isSpeaking = false;
  private server = '';
  private answers = 0;
  private lastAnswerAt = 0;
  private longestGap = 0;
  private endedBy: string | null = null;

  constructor(vip: string) {
    this.vip = vip;
    this.socket = connect({ host: vip, port: 80, noDelay: true });
    this.socket.on('data', (data) => this.hear(data.toString()));
    this.socket.on('end', () => this.end('closed by the other side'));
    this.socket.on('error', (error: NodeJS.ErrnoException) => this.end(error.code ?? error.message));
  }

  /** Resolves once it is open, or closed already. */
  opened(): Promise<void> {
    return this.first('connect').then(() => {
      // A socket that is closed does not know it any more.
      this.clientPort = this.socket.localPort ?? 0;
    });
  }

  /** Begins to ask, if it has not yet; resolves with the next answer, or when it is closed. */
  speak(): Promise<void> {
    if (!this.isSpeaking) this.socket.write(GET);
    this.isSpeaking = true;
    return this.first('data');
  }

  seen(): LongConnection {
    const { vip, clientPort, server, answers, endedBy } = this;
    const isAlive = endedBy === null && Date.now() - this.lastAnswerAt < JUST_NOW_MILLISECONDS;
    return { vip, clientPort, server, answers, longestGapMilliseconds: this.longestGap, endedBy, isAlive };
  }

  close(): void {
    this.socket.destroy();
  }

  private first(event: 'connect' | 'data'): Promise<void> {
    if (this.socket.destroyed) return Promise.resolve();
    return new Promise((done) => this.socket.once(event, () => done()).once('close', () => done()));
  }

  private hear(answer: string): void {
    const now = Date.now();
    if (this.answers > 0) this.longestGap = Math.max(this.longestGap, now - this.lastAnswerAt);
    this.lastAnswerAt = now;
    this.answers += 1;
    this.server = serverIn(answer) ?? this.server;
    setTimeout(() => this.socket.write(GET), ASK_MILLISECONDS);
  }

  private end(reason: string): void {
    this.endedBy ??= reason;
  }
}
