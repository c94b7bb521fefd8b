import { z } from 'zod';
import { address } from '../addresses.ts';
import { leaf, show } from '../leaf.ts';
import { command, safeText } from '../conf-scalars.ts';
import { duration, flag, integer, interfaceName } from '../scalars.ts';
import { garp } from './garp.ts';
import { extra } from './services.ts';

/** `2.2.7`; as unquoted YAML `2.2` would be a number and `2.10` the same as `2.1`. */
const version = () =>
  leaf(
    (value) => {
      if (typeof value === 'string' && /^\d+\.\d+\.\d+$/.test(value)) return { value };
      return { wrong: `must be a version such as 2.2.7, with all three parts, not ${show(value)}` };
    },
    { type: 'string', examples: ['2.2.7', '2.3.4'] },
  );

const mail = z
  .strictObject({
    to: z
      .array(safeText({ max: 320 }))
      .optional()
      .describe('Addresses that get the mails. Default none. keepalived: notification_email.'),
    from: safeText({ max: 320 })
      .optional()
      .describe('Sender. Default keepalived@ and the host name. keepalived: notification_email_from.'),
    server: address()
      .optional()
      .describe(
        'Address of the mail server; a name would be resolved whenever keepalived reads its file. Default 127.0.0.1. keepalived: smtp_server.',
      ),
    port: integer({ min: 1, max: 65535 })
      .optional()
      .describe('Port of the mail server, 1 to 65535. Default 25. keepalived: smtp_server.')
      .meta({ default: 25 }),
    helo: safeText({ max: 255 })
      .optional()
      .describe('Name given in HELO. Default: the host name. keepalived: smtp_helo_name.'),
    timeout: duration({ min: 1, max: 4294 })
      .optional()
      .describe('Time to connect, 1s to 4294s. Default 30s. keepalived: smtp_connect_timeout.')
      .meta({ default: '30s' }),
    vrrp: flag()
      .optional()
      .describe('Whether VRRP instances send mails. Default false. keepalived: smtp_alert_vrrp.')
      .meta({ default: false }),
    checks: flag()
      .optional()
      .describe('Whether health checks send mails. Default true. keepalived: smtp_alert_checker.')
      .meta({ default: true }),
  })
  .meta({ title: 'mail section' });

const notifyFifo = z
  .strictObject({
    path: safeText().describe('Named pipe that gets a line for every change of state. keepalived: notify_fifo.'),
    script: command()
      .optional()
      .describe('Command that keepalived starts to read it. Default none. keepalived: notify_fifo_script.'),
  })
  .meta({ title: 'notify_fifo section' });

const priority = (daemon: string, keyword: string) =>
  integer({ min: -20, max: 19 })
    .optional()
    .describe(`Nice value of the ${daemon} process, -20 to 19. Default: inherited. keepalived: ${keyword}.`);

export const keepalived = z
  .strictObject({
    version: version()
      .optional()
      .describe(
        'Version of keepalived on the directors: keywords it does not have yet, or does not take any more, are refused. Default 2.2.7, that of Debian 12.',
      ),
    enable_script_security: flag()
      .optional()
      .describe(
        'Whether scripts that others than root can write are refused. Default true. keepalived: enable_script_security.',
      )
      .meta({ default: true }),
    script_user: safeText({ max: 64 })
      .optional()
      .describe(
        'User, and group after a blank, that scripts run as. Default keepalived_script; without such a user, scripts are left out, unless enable_script_security is false. keepalived: script_user.',
      ),
    default_interface: interfaceName()
      .optional()
      .describe('Interface of addresses that name none. Default eth0. keepalived: default_interface.')
      .meta({ default: 'eth0' }),
    dynamic_interfaces: flag()
      .optional()
      .describe('Whether interfaces may be missing at start. Default false. keepalived: dynamic_interfaces.')
      .meta({ default: false }),
    vrrp_version: integer({ min: 2, max: 3 })
      .optional()
      .describe('VRRP version of instances that name none, 2 or 3. Default 2. keepalived: vrrp_version.')
      .meta({ default: 2 }),
    vrrp_strict: flag()
      .optional()
      .describe('Whether the RFC is followed to the letter. Default false. keepalived: vrrp_strict.')
      .meta({ default: false }),
    vrrp_startup_delay: duration({ min: 0, max: 4294 })
      .optional()
      .describe('Wait before VRRP starts. Default 0. keepalived: vrrp_startup_delay.')
      .meta({ default: '0' }),
    vrrp_skip_check_adv_addr: flag()
      .optional()
      .describe(
        'Whether the addresses in adverts of the same master are compared only once. Default false. keepalived: vrrp_skip_check_adv_addr.',
      )
      .meta({ default: false }),
    max_auto_priority: integer({ min: -1, max: 99 })
      .optional()
      .describe(
        'Highest real-time priority that keepalived gives itself when it is too slow, -1 to 99. Default 0, never. keepalived: max_auto_priority.',
      )
      .meta({ default: 0 }),
    vrrp_priority: priority('VRRP', 'vrrp_priority'),
    checker_priority: priority('checker', 'checker_priority'),
    no_swap: flag()
      .optional()
      .describe('Whether the VRRP process stays in memory. Default false. keepalived: vrrp_no_swap.')
      .meta({ default: false }),
    garp: garp
      .optional()
      .describe('How VIPs are announced, for all instances. keepalived: vrrp_garp_master_delay and its like.'),
    garp_interval: duration({ min: 0.000001, max: 4294 })
      .optional()
      .describe(
        'Time between two gratuitous ARP packets on one interface. Default: none. keepalived: vrrp_garp_interval.',
      ),
    mail: mail.optional().describe('Mails about changes of state.'),
    notify_fifo: notifyFifo.optional().describe('A named pipe for changes of state.'),
    snmp: flag()
      .optional()
      .describe(
        'Whether keepalived answers SNMP through the agent of the host. Default false. keepalived: enable_snmp_vrrp, enable_snmp_checker.',
      )
      .meta({ default: false }),
    extra,
  })
  .meta({ title: 'keepalived section' });
