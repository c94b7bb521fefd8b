import { spawn } from 'node:child_process';
import type { TestContext } from 'node:test';

export interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** yaml-language-server as an editor talks to it: JSON-RPC over its standard streams. */
export function startLanguageServer(t: TestContext) {
  const server = spawn(process.execPath, ['node_modules/yaml-language-server/bin/yaml-language-server', '--stdio']);
  t.after(() => server.kill());
  const waiting: { wants: (message: Message) => boolean; resolve: (message: Message) => void }[] = [];
  let buffer = Buffer.alloc(0);
  server.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (let message = take(); message !== null; message = take()) receive(message);
  });

  function take(): Message | null {
    const end = buffer.indexOf('\r\n\r\n');
    const length = Number(/Content-Length: (\d+)/.exec(buffer.subarray(0, Math.max(0, end)).toString())?.[1]);
    if (end < 0 || buffer.length < end + 4 + length) return null;
    const text = buffer.subarray(end + 4, end + 4 + length).toString();
    buffer = buffer.subarray(end + 4 + length);
    return JSON.parse(text) as Message;
  }

  function receive(message: Message): void {
    // It asks for the settings of the editor, which has none.
    if (message.method !== undefined && message.id !== undefined)
      send({ id: message.id, result: message.method === 'workspace/configuration' ? [{}, {}, {}, {}, {}, {}] : null });
    for (const one of waiting.filter(({ wants }) => wants(message))) one.resolve(message);
  }

  function send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  function next(wants: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve) => waiting.push({ wants, resolve }));
  }

  let lastId = 0;
  async function ask(method: string, params: object): Promise<unknown> {
    const id = ++lastId;
    const answer = next((message) => message.id === id && message.method === undefined);
    send({ id, method, params });
    return (await answer).result;
  }

  return {
    ask,
    tell: (method: string, params: object) => send({ method, params }),
    /** The next diagnostics that it publishes by itself. */
    diagnostics: async () => {
      const { params } = await next(({ method }) => method === 'textDocument/publishDiagnostics');
      return (params as { diagnostics: readonly Diagnostic[] }).diagnostics;
    },
  };
}
