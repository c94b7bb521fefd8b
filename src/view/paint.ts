/** How text is coloured; the plain one for everything that is not a terminal. */
export type Paint = (style: 'add' | 'change' | 'remove' | 'error' | 'warning' | 'dim' | 'bold', text: string) => string;

export const plainPaint: Paint = (_style, text) => text;
