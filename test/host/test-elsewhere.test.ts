import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testElsewhere } from '../../src/host/test-elsewhere.ts';
import { testConf } from '../../src/keepalived/test-conf.ts';

const script = (user: string, keyword = 'interval') => `vrrp_script chk {
    script "/usr/bin/true"
    ${keyword} 2
    user ${user}
}
vrrp_instance web {
    state BACKUP
    interface eth9
    virtual_router_id 1
    priority 100
    virtual_ipaddress {
        203.0.113.1/24
    }
    track_script {
        chk
    }
}
global_defs {
    enable_script_security
}
`;

const misc = (user: string) => `virtual_server 203.0.113.1 80 {
    lb_algo rr
    lb_kind NAT
    protocol TCP
    real_server 10.0.0.1 80 {
        MISC_CHECK {
            misc_path /usr/bin/true
            user ${user}
        }
    }
}
global_defs {
    enable_script_security
}
`;

const ROWS: readonly (readonly [what: string, conf: string, output: RegExp])[] = [
  ['a tracked script of root', script('root'), /^$/],
  ['a tracked script of another user', script('nobody'), /^$/],
  ['a check script of another user', misc('nobody'), /^$/],
  ['a mistake beside a script of another user', script('nobody', 'intervall'), /Line 3\) Unknown keyword 'intervall'/],
  ['a user who does not exist', script('nobody2'), /Line 4\) .*Unable to set|Line 4\).*uid/],
];

for (const [what, conf, output] of ROWS)
  test(`keepalived says what there is to say of ${what}`, async () => {
    const about = {
      interfaces: ['eth9'],
      program: process.env.LVSCTL_KEEPALIVED,
      env: process.env,
      uid: process.getuid?.() ?? 0,
    };
    const seen = await testConf(conf, (text) => testElsewhere(text, about));
    assert.match(seen.output.trim(), output);
    assert.notEqual(seen.exitCode, null);
  });
