import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readNetworkdLinks } from '../../../src/host/facts/networkd-links.ts';
import { readPermanentAddresses } from '../../../src/host/facts/permanent-addresses.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

function root(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = temporaryDirectory(t);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test('addresses in the configuration of the network are found, but for comments and longer ones', async (t) => {
  const folder = root(t, {
    'etc/network/interfaces': 'iface eth0 inet static\n  address 203.0.113.10/24\n  # address 203.0.113.20\n',
    'etc/network/interfaces.d/more/nested': 'address 203.0.113.20\n',
    'etc/netplan/50.yaml': 'network: { ethernets: { eth0: { addresses: ["203.0.113.100/24", 2001:DB8:0::20/64] } } }\n',
    'etc/systemd/network/10-eth0.network': '[Network]\nAddress=203.0.113.30/24\n; Address=203.0.113.20\n',
  });
  const wanted = ['203.0.113.10', '203.0.113.20', '203.0.113.30', '2001:db8::20'];
  assert.deepEqual(await readPermanentAddresses(wanted, folder), {
    known: true,
    value: [
      { address: '2001:db8::20', file: join(folder, 'etc/netplan/50.yaml') },
      { address: '203.0.113.10', file: join(folder, 'etc/network/interfaces') },
      { address: '203.0.113.30', file: join(folder, 'etc/systemd/network/10-eth0.network') },
    ],
  });
});

const LINK = {
  'sys/class/net/eth0/ifindex': '2\n',
  'run/systemd/netif/links/2': 'ADMIN_STATE=configured\nNETWORK_FILE=/etc/systemd/network/10-eth0.network\n',
};

const CASES: readonly (readonly [
  claim: string,
  files: Readonly<Record<string, string>>,
  keepsForeign: boolean | null,
])[] = [
  ['an interface that networkd does not configure', { 'sys/class/net/eth0/ifindex': '2\n' }, null],
  ['one without a word', { ...LINK, 'etc/systemd/network/10-eth0.network': '[Network]\nDHCP=yes\n' }, false],
  [
    'one with KeepConfiguration=static',
    { ...LINK, 'etc/systemd/network/10-eth0.network': '[Network]\nKeepConfiguration = static\n' },
    true,
  ],
  [
    'one with KeepConfiguration=dynamic',
    { ...LINK, 'etc/systemd/network/10-eth0.network': '[Network]\nKeepConfiguration=dynamic\n' },
    false,
  ],
  [
    'one that a drop-in overrides',
    {
      ...LINK,
      'etc/systemd/network/10-eth0.network': '[Network]\nKeepConfiguration=no\n',
      'run/systemd/network/10-eth0.network.d/50-lvs.conf': '[Network]\nKeepConfiguration=yes\n',
    },
    true,
  ],
];

for (const [claim, files, keepsForeign] of CASES) {
  test(`of ${claim} it is known whether foreign addresses stay: ${keepsForeign}`, async (t) => {
    const links = await readNetworkdLinks(['eth0', 'eth9'], root(t, files));
    const file = '/etc/systemd/network/10-eth0.network';
    const value = keepsForeign === null ? [] : [{ interface: 'eth0', file, keepsForeign }];
    assert.deepEqual(links, { known: true, value });
  });
}
