import { partsOf, vipsOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';

export const networkdRemovesVips: Rule<DirectorHost> = {
  id: 'DOC307',
  name: 'networkd-removes-vips',
  severity: 'warning',
  why: 'systemd-networkd takes addresses away that it does not know of whenever it configures the interface anew',
  source: 'systemd.network(5): KeepConfiguration=; acassen/keepalived issues 1385, 2479',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { networkdLinks } = host.facts;
  const named = new Set(
    partsOf(host).flatMap(({ instance, member }) => [
      member.interface,
      ...vipsOf(instance).map((vip) => vip.interface),
    ]),
  );
  if (named.size === 0) return;
  if (!networkdLinks.known) return yield* notSeen(networkdLinks);
  for (const { interface: name, file, keepsForeign } of networkdLinks.value) {
    if (!named.has(name) || keepsForeign) continue;
    const folder = `/etc/systemd/network/${file.split('/').at(-1)}.d`;
    yield {
      seen: `systemd-networkd configures ${name} by ${file}, without KeepConfiguration=`,
      wanted: 'KeepConfiguration=static in its [Network] section',
      fix: [
        `mkdir -p ${folder}`,
        `printf '[Network]\\nKeepConfiguration=static\\n' > ${folder}/lvsctl.conf`,
        'networkctl reload',
      ],
    };
  }
}
