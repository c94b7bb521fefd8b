import type { ImpactContext } from '../../../src/keepalived/impact/context.ts';
import { reloadImpact } from '../../../src/keepalived/impact.ts';
import { readConf } from '../../../src/keepalived/read-conf.ts';
import type { Impact } from '../../../src/model/conf-change.ts';

/** lb1 of two directors that have all instances, and comes first. */
export const CONTEXT: ImpactContext = {
  version: '2.2.7',
  director: 'lb1',
  members: () => [
    { director: 'lb1', priority: 150 },
    { director: 'lb2', priority: 100 },
  ],
};

/** Nobody else has an instance. */
export const ALONE: ImpactContext = { ...CONTEXT, members: () => [{ director: 'lb1', priority: 150 }] };

export function impacts(before: string, after: string, context: ImpactContext = CONTEXT): readonly Impact[] {
  return reloadImpact(readConf(before), readConf(after), context);
}

/** `disruptive vip-removed 203.0.113.10`. */
export function impactRows(before: string, after: string, context: ImpactContext = CONTEXT): readonly string[] {
  return impacts(before, after, context).map(({ level, kind, subject }) => `${level} ${kind} ${subject}`);
}

interface InstanceLines {
  readonly id?: number;
  readonly interface?: string;
  readonly priority?: number;
  /** Lines of virtual_ipaddress. */
  readonly vips?: readonly string[];
  /** Further lines. */
  readonly lines?: readonly string[];
}

export function instance(name: string, said: InstanceLines = {}): string {
  const { id = 51, interface: device = 'eth0', priority = 150, vips = ['203.0.113.10'], lines = [] } = said;
  return `vrrp_instance ${name} {
    state BACKUP
    interface ${device}
    virtual_router_id ${id}
    priority ${priority}
    version 3
    ${lines.join('\n    ')}
    virtual_ipaddress {
        ${vips.join('\n        ')}
    }
}
`;
}

/** A service of one kind with these real servers, by default one without a check. */
export function service(
  header = '203.0.113.10 80',
  said: { lines?: readonly string[]; servers?: readonly string[] } = {},
): string {
  const { lines = ['protocol TCP', 'lb_algo rr', 'lb_kind DR'], servers = [server('10.0.0.21 80')] } = said;
  return `virtual_server ${header} {\n    ${lines.join('\n    ')}\n    ${servers.join('\n    ')}\n}\n`;
}

export function server(header: string, lines: readonly string[] = []): string {
  return `real_server ${header} {\n        ${lines.join('\n        ')}\n    }`;
}
