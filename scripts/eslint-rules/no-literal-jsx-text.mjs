// Every word on a screen comes from the catalogue (zh-CN and en). Refuses letters of any script in JSX text and in the
// attributes people see or hear. Punctuation, digits and symbols need no translation and may stand.

const VISIBLE = new Set([
  'title',
  'placeholder',
  'label',
  'alt',
  'description',
  'error',
  'aria-label',
  'aria-description',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
]);

const hasLetter = (text) => /\p{L}/u.test(text);

/** Calls `report(node, text)` for each literal text that `node` can become: `'a'`, `` `a` ``, `x ? 'a' : 'b'`, `x && 'a'`, `'a' + x`. */
function eachText(node, report) {
  switch (node?.type) {
    case 'Literal':
      if (typeof node.value === 'string' && hasLetter(node.value)) report(node, node.value);
      break;
    case 'TemplateLiteral':
      for (const part of node.quasis) if (hasLetter(part.value.cooked ?? '')) report(part, part.value.cooked);
      break;
    case 'ConditionalExpression':
      eachText(node.consequent, report);
      eachText(node.alternate, report);
      break;
    case 'LogicalExpression':
      eachText(node.left, report);
      eachText(node.right, report);
      break;
    case 'BinaryExpression':
      if (node.operator === '+') {
        eachText(node.left, report);
        eachText(node.right, report);
      }
      break;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      eachText(node.expression, report);
      break;
    case 'JSXExpressionContainer':
      eachText(node.expression, report);
      break;
    default:
  }
}

const nameOf = (attribute) =>
  attribute.name.type === 'JSXNamespacedName'
    ? `${attribute.name.namespace.name}:${attribute.name.name.name}`
    : attribute.name.name;

export const noLiteralJsxText = {
  meta: {
    type: 'problem',
    docs: { description: 'refuse words written directly into JSX' },
    schema: [],
    messages: { literal: 'Take "{{text}}" from the catalogue (t("…")) instead of writing it here.' },
  },
  create(context) {
    const report = (node, text) => {
      const short = text.trim().replaceAll(/\s+/g, ' ').slice(0, 40);
      context.report({ node, messageId: 'literal', data: { text: short } });
    };
    return {
      JSXText(node) {
        if (hasLetter(node.value)) report(node, node.value);
      },
      JSXExpressionContainer(node) {
        if (node.parent.type === 'JSXElement' || node.parent.type === 'JSXFragment') eachText(node.expression, report);
      },
      JSXAttribute(node) {
        if (VISIBLE.has(nameOf(node))) eachText(node.value, report);
      },
    };
  },
};
