import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderedConf } from './rendered.ts';
import { bareLines, leafKeys, specText } from './row.ts';

const SPEC = `version: 1
cluster: edge
directors:
  lb1: { address: 192.0.2.11, interface: eth0, extra: ["static_ipaddress {", "    10.9.9.9/32 dev eth0", "}"] }
  lb2: { address: 192.0.2.12, interface: eth0 }
vrrp:
  web:
    virtual_router_id: 51
    vips: [203.0.113.10/24, "2001:db8::10/64"]
    priority: { lb1: 150, lb2: 100 }
    unicast: true
    track: { scripts: { chk: { weight: -60 } } }
  api: { virtual_router_id: 52, vips: [203.0.113.20/24], priority: { lb2: 150, lb1: 100 } }
sync_groups:
  both: { instances: [web, api], tracking_weight: true }
track:
  scripts: { chk: { command: "/usr/local/bin/check 'a b'", interval: 2s } }
keepalived: { script_user: root }
`;

test('a whole file, in its order', async () => {
  assert.equal(
    await renderedConf(SPEC),
    `# Director lb1 of cluster edge

global_defs { # test.lvs.yaml:18
    router_id lb1
    enable_script_security
    script_user root
}

vrrp_script chk { # test.lvs.yaml:17
    script "/usr/local/bin/check 'a b'"
    interval 2
}

vrrp_sync_group both { # test.lvs.yaml:15
    group {
        web
        api
    }
    sync_group_tracking_weight
}

vrrp_instance api { # test.lvs.yaml:13
    state BACKUP
    interface eth0
    virtual_router_id 52
    priority 100
    version 2
    virtual_ipaddress {
        203.0.113.20/24
    }
}

vrrp_instance web { # test.lvs.yaml:7
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority 150
    version 2
    unicast_src_ip 192.0.2.11
    unicast_peer {
        192.0.2.12
    }
    unicast_fault_no_peer
    virtual_ipaddress {
        203.0.113.10/24
    }
    virtual_ipaddress_excluded {
        2001:db8::10/64
    }
    track_script {
        chk weight -60
    }
}

static_ipaddress {
    10.9.9.9/32 dev eth0
}
`,
  );
});

test('every director has its own', async () => {
  const lines = bareLines(await renderedConf(SPEC, 'lb2'));
  for (const line of ['# Director lb2 of cluster edge', 'router_id lb2', 'priority 150', 'unicast_src_ip 192.0.2.12'])
    assert.ok(lines.includes(line), line);
  assert.ok(!lines.includes('static_ipaddress {'));
});

const DIRECTOR_ROWS: Readonly<Record<string, readonly string[]>> = {
  address: ['unicast_src_ip 192.0.2.11'],
  interface: ['interface eth0'],
  router_id: ['router_id "lb one"'],
  extra: ['instance edge'],
};

test('every key of a director is written', async () => {
  const lb1 = { address: '192.0.2.11', interface: 'eth0', router_id: 'lb one', extra: ['instance edge'] };
  const vrrp = { web: { virtual_router_id: 51, vips: ['10.0.0.1'], unicast: true } };
  const lines = bareLines(await renderedConf(specText({ directors: { lb1, lb2: { address: '192.0.2.12' } }, vrrp })));
  for (const line of Object.values(DIRECTOR_ROWS).flat()) assert.ok(lines.includes(line), line);
  // What is only declared of a host, for lint, is written nowhere.
  const keys = leafKeys(['directors', '*']).filter((key) => key !== 'segment' && !key.startsWith('host.'));
  assert.deepEqual(Object.keys(DIRECTOR_ROWS).sort(), keys.sort());
});

test('the order in which a spec is written changes nothing', async () => {
  const bare = async (spec: object) => bareLines(await renderedConf(specText(spec)));
  const directors = {
    lb2: { address: '192.0.2.12', interface: 'eth0' },
    lb1: { address: '192.0.2.11', interface: 'eth0' },
  };
  const scripts = { b: { command: '/b' }, a: { command: '/a' } };
  const vrrp = {
    z: { virtual_router_id: 2, vips: ['10.0.0.2'], unicast: true, track: { scripts: { b: {}, a: {} } } },
    a: { virtual_router_id: 1, vips: ['10.0.0.1'] },
  };
  const forward = await bare({ directors, vrrp, track: { scripts } });
  const backward = await bare({
    directors: reversed(directors),
    vrrp: reversed(vrrp),
    track: { scripts: reversed(scripts) },
  });
  assert.deepEqual(backward, forward);
});

function reversed(mapping: object): object {
  return Object.fromEntries(Object.entries(mapping).reverse());
}
