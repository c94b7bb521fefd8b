import { styleText } from 'node:util';
import { type Paint, plainPaint } from '../view/paint.ts';
import type { Context, Output } from './context.ts';

const STYLES = {
  add: 'green',
  change: 'yellow',
  remove: 'red',
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  dim: 'dim',
  bold: 'bold',
} as const satisfies Record<Parameters<Paint>[0], Parameters<typeof styleText>[0]>;

/** Colours on a terminal that wants them (no-color.org), or where FORCE_COLOR asks for them. */
export function outputPaint({ env }: Context, output: Output): Paint {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const wanted = forced || (output.isTTY && !env.NO_COLOR && env.TERM !== 'dumb');
  return wanted ? (style, text) => styleText(STYLES[style] as 'bold', text, { validateStream: false }) : plainPaint;
}
