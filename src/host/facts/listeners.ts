import { known, type Listener } from '../../doctor/facts.ts';
import { parseAddress } from '../../model/address.ts';
import { type Listing, listing } from './look-at-all.ts';

/** TCP and UDP sockets that wait for clients. */
export const LISTENERS: Listing<readonly Listener[]> = listing(['ss', '-Hnltu'], (output) =>
  output.known ? known(listenersIn(output.value)) : output,
);

/** As `ss -Hnltu` prints them. */
export function listenersIn(text: string): readonly Listener[] {
  return text.split('\n').flatMap(toListener);
}

/** `tcp   LISTEN 0      128    [::1]:80    [::]:*`; an interface may follow the address: `127.0.0.53%lo:53`. */
function toListener(line: string): Listener[] {
  const [protocol, , , , end = ''] = line.split(/\s+/);
  const [, text = '', port] = /^\[?([^\]%]*)(?:%[^\]:]*)?\]?(?:%[^:]*)?:(\d+)$/.exec(end) ?? [];
  const address = text === '*' ? '*' : parseAddress(text)?.text;
  if ((protocol !== 'tcp' && protocol !== 'udp') || address === undefined) return [];
  return [{ protocol, address, port: Number(port) }];
}
