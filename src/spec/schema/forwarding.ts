import { z } from 'zod';
import { integer, word } from '../scalars.ts';

const tunnel = z
  .strictObject({
    type: word(['ipip', 'gue', 'gre'])
      .optional()
      .describe('Encapsulation: ipip, gue (in UDP) or gre. Default ipip. Source: ipvsadm(8) --tun-type.')
      .meta({ default: 'ipip' }),
    port: integer({ min: 1, max: 65535 })
      .optional()
      .describe(
        'UDP port the real server listens on for gue; required there, refused elsewhere. Source: ipvsadm(8) --tun-port.',
      ),
    checksum: word(['none', 'csum', 'remcsum'])
      .optional()
      .describe(
        'Checksum of the outer header: none, csum (gue, gre), or remcsum, remote checksum offload (gue). Default none. Source: ipvsadm(8) --tun-nocsum.',
      )
      .meta({ default: 'none' }),
  })
  .meta({ title: 'tun section' });

/** How packets reach a real server: a word, or `tun` with its options. */
export const forwarding = z
  .union(
    [
      word(['nat', 'dr', 'tun'], {
        synonyms: {
          masq: 'nat',
          masquerading: 'nat',
          gateway: 'dr',
          gatewaying: 'dr',
          route: 'dr',
          direct: 'dr',
          ipip: 'tun',
          tunnel: 'tun',
        },
      }),
      z
        .strictObject({ tun: tunnel.describe('IP tunnel with options; plain `tun` is ipip without a checksum.') })
        .meta({ title: 'forwarding section' }),
    ],
    { error: 'must be nat, dr, tun, or a mapping tun: { type: gue, port: 6080 }' },
  )
  .meta({ id: 'Forwarding', examples: ['dr', 'nat', 'tun'] });

export type ForwardingSpec = z.output<typeof forwarding>;

export const FORWARDING_MEANING =
  'How packets reach the real server: nat (addresses and ports are rewritten, answers come back through the director), dr (only the MAC address changes; the real server holds the VIP itself) or tun (IP in IP). Source: ipvsadm(8) -m, -g, -i.';
