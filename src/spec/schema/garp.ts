import { z } from 'zod';
import { flag, integer } from '../scalars.ts';

const seconds = (what: string, options: { fallback: number; keyword: string }) =>
  integer({ min: 0, max: 4294 })
    .optional()
    .describe(`${what}, in seconds, 0 to 4294. Default ${options.fallback}. keepalived: ${options.keyword}.`)
    .meta({ default: options.fallback });

const packets = (what: string, options: { fallback: number; keyword: string }) =>
  integer({ min: 1, max: 2147483647 })
    .optional()
    .describe(`${what}, 1 or more. Default ${options.fallback}. keepalived: ${options.keyword}.`)
    .meta({ default: options.fallback });

/** Gratuitous ARP and unsolicited neighbour advertisements, by which switches and hosts learn where the VIPs are. */
export const garp = z
  .strictObject({
    delay: seconds('Wait after becoming master until the second volley', { fallback: 5, keyword: 'garp_master_delay' }),
    repeat: packets('Packets in a volley', { fallback: 5, keyword: 'garp_master_repeat' }),
    refresh: seconds('Time between volleys while master; 0 sends none', {
      fallback: 0,
      keyword: 'garp_master_refresh',
    }),
    refresh_repeat: packets('Packets in such a volley', { fallback: 1, keyword: 'garp_master_refresh_repeat' }),
    lower_prio_delay: seconds('Wait until the second volley after an advert with a lower priority', {
      fallback: 5,
      keyword: 'garp_lower_prio_delay',
    }),
    lower_prio_repeat: packets('Packets in that volley', { fallback: 5, keyword: 'garp_lower_prio_repeat' }),
    lower_prio_no_advert: flag()
      .optional()
      .describe(
        'Whether adverts with a lower priority stay unanswered. Default false. keepalived: lower_prio_no_advert.',
      )
      .meta({ default: false }),
    higher_prio_send_advert: flag()
      .optional()
      .describe(
        'Whether one more advert is sent on seeing a higher priority. Default false. keepalived: higher_prio_send_advert.',
      )
      .meta({ default: false }),
  })
  .meta({ id: 'Garp', title: 'garp section' });
