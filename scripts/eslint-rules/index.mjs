// The project's own lint rules, as one ESLint plugin.
import { noLiteralJsxText } from './no-literal-jsx-text.mjs';
import { themeOnlyValues } from './theme-only-values.mjs';

export const tongxin = {
  meta: { name: 'tongxin', version: '1.0.0' },
  rules: { 'no-literal-jsx-text': noLiteralJsxText, 'theme-only-values': themeOnlyValues },
};
