import { z } from 'zod';
import { leaf, show } from '../leaf.ts';
import { integer } from '../scalars.ts';

/** `2.2.7`, or a release such as `6.1.0-25-amd64`; as unquoted YAML `6.10` would be the number 6.1. */
const release = (example: string) =>
  leaf(
    (value) => {
      if (typeof value === 'string' && /^\d+\.\d+[\w.+~-]*$/.test(value)) return { value };
      return {
        wrong: `must be a version such as "${example}", as quoted text, not ${show(value)}`,
        ...(typeof value === 'number' ? { hint: `write "${value}" with quotes` } : {}),
      };
    },
    { type: 'string', examples: [example] },
  );

const mtu = (of: string) =>
  integer({ min: 68, max: 65535 })
    .optional()
    .describe(`MTU in bytes of the interface ${of}, 68 to 65535. Default: nothing is known of it.`)
    .meta({ examples: [1500] });

/** As sysctl(8) names them: a dot within an interface's name is a slash. */
const SYSCTL = /^[a-z0-9_]+(?:\.[A-Za-z0-9_/@:-]+)+$/;

const sysctls = z
  .record(z.string().regex(SYSCTL), integer({ min: -2147483648, max: 4294967295 }))
  .optional()
  .describe(
    'Kernel parameters that the host has, by name, as sysctl(8) shows them. lint compares them with what the spec needs. Default: nothing is known of them.',
  )
  .meta({ examples: [{ 'net.ipv4.vs.expire_nodest_conn': 1 }] });

/** What is declared of a director as a host, for what lint cannot see in the spec. lvsctl sets nothing of it. */
export const directorHost = z
  .strictObject({
    mtu: mtu('to the real servers and to the other directors'),
    kernel: release('6.1')
      .optional()
      .describe(
        'Release of Linux on the director, as uname(1) -r shows it; lint tells what it is too old for. Default: nothing is known of it.',
      ),
    keepalived: release('2.2.7')
      .optional()
      .describe(
        'Version of keepalived on the director; lint compares it with keepalived.version and with the other directors. Default: nothing is known of it.',
      ),
    sysctls,
  })
  .meta({ id: 'DirectorHost', title: 'host section of a director' });

/** The same of a real server. */
export const serverHost = z
  .strictObject({
    mtu: mtu('that its answers leave by, from which clients learn how much to send'),
    sysctls,
  })
  .meta({ id: 'ServerHost', title: 'host section of a real server' });

export type DirectorHostSpec = z.output<typeof directorHost>;
export type ServerHostSpec = z.output<typeof serverHost>;
