import type { HttpProbe, Probe, StatusRange } from '../model/check.ts';
import { type Block, block, type Item, optional, present, raw, type Statement, statement } from './block.ts';
import { regexToken } from './regex-token.ts';

/** HTTP_GET or SSL_GET; `shared` is what every checker has. */
export function httpChecker(probe: Extract<Probe, HttpProbe>, shared: readonly Item[]): Block {
  const isTls = probe.kind === 'https';
  return block(
    [isTls ? 'SSL_GET' : 'HTTP_GET'],
    [
      ...shared,
      statement('http_protocol', probe.protocol),
      ...optional('virtualhost', probe.host),
      // The name in the TLS greeting is that of the Host header, and no other (check_ssl.c: ssl_connect).
      ...present('enable_sni', isTls && probe.host !== null),
      urlBlock(probe),
    ],
  );
}

function urlBlock({ path, status, digest, body }: HttpProbe): Block {
  return block(
    ['url'],
    [
      statement('path', path),
      ...statusStatements(status),
      ...optional('digest', digest),
      ...(body === null ? [] : raw([`regex ${regexToken(body)}`])),
    ],
  );
}

/** Each status_code adds to those before it (check_http.c: status_code_handler), so no line has to be too long. */
function statusStatements(ranges: readonly StatusRange[]): Statement[] {
  const words = ranges.map(({ first, last }) => (first === last ? first : `${first}-${last}`));
  const lines = Array.from({ length: Math.ceil(words.length / STATUS_WORDS) }, (_, line) =>
    words.slice(line * STATUS_WORDS, (line + 1) * STATUS_WORDS),
  );
  return lines.map((line) => statement('status_code', ...line));
}

const STATUS_WORDS = 20;
