import { z } from 'zod';
import { duration, word } from '../scalars.ts';
import { netmask } from './netmask.ts';

/** Clients that come back to the same real server. */
export const persistence = z
  .strictObject({
    timeout: duration({ min: 1, max: 2678400 })
      .optional()
      .describe(
        'How long a client that is gone comes back to the same real server, 1s to 31d. Default 6m. Source: ipvsadm(8) -p, whose manual says 300 s but whose code says 360.',
      )
      .meta({ default: '6m' }),
    netmask: netmask()
      .optional()
      .describe(
        'Clients of one network count as one: a mask such as 255.255.255.0 for IPv4, a prefix length such as 64 for IPv6. Default 255.255.255.255 or 128. Source: ipvsadm(8) -M.',
      )
      .meta({ examples: ['255.255.255.0', 64] }),
    engine: word(['sip'])
      .optional()
      .describe(
        'Persistence engine: sip groups by Call-ID, for UDP and fwmark services. Default none. Source: ipvsadm(8) --pe.',
      ),
  })
  .meta({ id: 'Persistence', title: 'persistence' });
