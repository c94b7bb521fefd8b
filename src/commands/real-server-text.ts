import { renderTemplate, type TemplateOptions } from '../host/templates.ts';
import { sysctlPath } from '../needs/sysctl.ts';
import { linkOptions } from '../needs/tunnels.ts';
import { hashComment, plainWord, shellWord } from '../view/host-words.ts';
import { hostTitle, networkdParts } from '../view/real-server.ts';
import type { Instructions } from './choose-real-servers.ts';

export const FORMATS = ['script', 'sysctl', 'networkd', 'ifupdown'] as const;
export type Format = (typeof FORMATS)[number];

/** What hosts need, in one of the formats, by our templates or by those of a folder. */
export async function realServerText(
  { hosts, uses, needs }: Instructions,
  format: Format,
  folder: string | undefined,
): Promise<string> {
  const data = { undo: false, hosts: hosts.map(hostTitle), uses, needs, ...WORDS };
  const sysctls = () => fill('realserver.sysctl.eta', data, { escape: plainWord, folder });
  switch (format) {
    case 'script':
      return await fill('realserver.sh.eta', data, { escape: shellWord, folder });
    case 'sysctl':
      return await sysctls();
    case 'ifupdown':
      return await fill('realserver.interfaces.eta', data, { escape: shellWord, folder });
    case 'networkd':
      return await fill(
        'realserver.network.eta',
        { ...data, networkd: networkdParts(needs), sysctls: await sysctls() },
        { escape: plainWord, folder },
      );
  }
}

/** The script that takes back whatever those of ours made: the same for every host. */
export async function undoText(folder: string | undefined): Promise<string> {
  const data = { undo: true, hosts: [], uses: [], needs: {}, ...WORDS };
  return await fill('realserver.sh.eta', data, { escape: shellWord, folder });
}

async function fill(name: string, data: object, options: TemplateOptions): Promise<string> {
  return `${(await renderTemplate(name, data, options)).trim()}\n`;
}

const WORDS = { comment: hashComment, path: sysctlPath, options: linkOptions };
