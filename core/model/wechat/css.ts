/** Inline styles as lists of declarations. */

export interface Declaration {
  /** Lower case. */
  name: string;
  value: string;
}

/** Splits at `;` outside quotes and brackets; what has no colon is left out. */
export function readStyle(style: string): Declaration[] {
  const found: Declaration[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  const take = (end: number): void => {
    const part = style.slice(start, end);
    const colon = part.indexOf(':');
    if (colon > 0) found.push({ name: part.slice(0, colon).trim().toLowerCase(), value: part.slice(colon + 1).trim() });
    start = end + 1;
  };
  for (let i = 0; i < style.length; i += 1) {
    const c = style.charAt(i);
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '(') depth += 1;
    else if (c === ')') depth = Math.max(0, depth - 1);
    else if (c === ';' && depth === 0) take(i);
  }
  take(style.length);
  return found.filter((d) => d.value !== '');
}

export function writeStyle(declarations: readonly Declaration[]): string {
  return declarations.map((d) => `${d.name}:${d.value}`).join(';');
}
