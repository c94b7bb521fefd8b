import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const POLL_MILLISECONDS = 50;

/** Hands on what is added to a file, until `stop`, which hands on the rest first. */
export function tail(path: string, log: (text: string) => void): { stop(): void } {
  const file = openSync(path, 'r');
  const buffer = Buffer.alloc(65536);
  const decoder = new StringDecoder('utf8');
  const readOn = () => {
    for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) {
      log(decoder.write(buffer.subarray(0, size)));
    }
  };
  const timer = setInterval(readOn, POLL_MILLISECONDS);
  return {
    stop() {
      clearInterval(timer);
      readOn();
      closeSync(file);
    },
  };
}
