import { renderTemplate } from '../host/templates.ts';
import { confBlocks, confFor } from '../keepalived/conf.ts';
import { confText } from '../keepalived/conf-text.ts';
import { commentText, printBlock } from '../keepalived/print.ts';
import { token } from '../keepalived/token.ts';
import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';

/** keepalived.conf of one director, by our template or by one of somebody's own. */
export async function renderConf(desired: Desired, director: Director, templates: string | undefined): Promise<string> {
  const conf = confFor(desired, director);
  const data = { conf, blocks: confBlocks(conf), print: printBlock, comment: commentText };
  return confText(await renderTemplate('keepalived.conf.eta', data, { escape: token, folder: templates }));
}
