import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { TogetherReport, TogetherRule } from './rule.ts';
import { encounters, sharedDirector } from './segment.ts';

export const sharedSyncId: TogetherRule = {
  id: 'LVS282',
  name: 'shared-sync-id',
  severity: 'warning',
  why: 'A director takes the connections of another cluster for its own, and fills its table with what it can never forward',
  harm: 'The backup daemon takes every message with its sync_id from the network into the table of the kernel. With the number of another cluster these are connections to services and real servers that it does not have: they fill its memory and serve nobody. The sync of its own works beside them, so that nothing points to it.',
  examples: {
    bad: {
      specs: {
        'web.lvs.yaml': yaml`
      connection_sync: { interface: eth0, sync_id: 1 }
    `,
        'mail.lvs.yaml': yaml`
      directors:
        lb3: { address: 192.0.2.13, interface: eth0 }
        lb4: { address: 192.0.2.14, interface: eth0 }
      connection_sync: { interface: eth0, sync_id: 1 }
    `,
      },
    },
    good: {
      specs: {
        'web.lvs.yaml': yaml`
      connection_sync: { interface: eth0, sync_id: 1 }
    `,
        'mail.lvs.yaml': yaml`
      directors:
        lb3: { address: 192.0.2.13, interface: eth0 }
        lb4: { address: 192.0.2.14, interface: eth0 }
      connection_sync: { interface: eth0, sync_id: 2 }
    `,
      },
    },
  },
  source: 'ip_vs_sync.c ip_vs_process_message: syncid; ipvsadm(8) --syncid',
  check,
};

function* check(later: LoadedSpec, earlier: LoadedSpec): Iterable<TogetherReport> {
  const [own, other] = [later.spec.connection_sync, earlier.spec.connection_sync];
  // One network for VRRP and two for sync are likelier than the other way round.
  if (own === undefined || other === undefined || own.interface !== other.interface) return;
  const isOneGroup = own.group?.text === other.group?.text && (own.port ?? 8848) === (other.port ?? 8848);
  if ((own.sync_id ?? 0) !== (other.sync_id ?? 0) || !isOneGroup) return;
  // A host has one sync daemon of each kind, so that two specs for it mean the same one.
  if (sharedDirector(later, earlier) !== undefined) return;
  if (encounters(later, earlier).length === 0) return;
  const path = ['connection_sync', 'sync_id'];
  yield {
    loaded: later,
    path,
    message: `sync_id ${own.sync_id ?? 0} is that of another spec whose directors share a network`,
    hint: 'give each cluster its own, from 1 to 255',
    other: { loaded: earlier, path, message: 'the other one' },
  };
}
