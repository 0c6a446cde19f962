// Colours, type sizes, spacing and shadows come from the theme (renderer/src/theme), so that light, dark and a new brand
// need one change. Outside it this rule refuses:
//   - colour literals (#rgb…, rgb(), hsl(), oklch() …) in any string;
//   - px/rem/pt lengths above a hairline (2px) in style objects, style-like properties and style attributes;
//   - bare numbers above 2 for spacing, type size and radius (React writes px behind them);
//   - literal shadows.
// Layout widths and heights as bare even numbers stay allowed: an article column of 677 px is content, not look.

const COLOUR =
  /(?:^|[\s,(:])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-z_-])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(/i;
const LENGTH = /(?<![\w.-])-?(\d*\.?\d+)(px|rem|pt)\b/g;
const HAIRLINE_PX = 2;

const SPACING =
  /^(?:padding|margin|inset|gap|rowGap|columnGap)(?:[A-Z]\w*)?$|^(?:fontSize|lineHeight|letterSpacing|borderRadius|border\w*Radius)$/;
const SPACING_PROP = new Set(
  'p px py pt pb pl pr ps pe m mx my mt mb ml mr ms me fz gap rowGap columnGap spacing radius bdrs'.split(' '),
);
const COLOUR_KEY = /color$|^(?:background|fill|stroke|outline|border(?:Top|Right|Bottom|Left)?)$/i;
const SHADOW_KEY = /^(?:boxShadow|textShadow|shadow)$/;
const STYLE_ATTRIBUTE = new Set(['style', 'styles', 'sx']);

const isShadowToken = (text) => text === 'none' || /^(?:xs|sm|md|lg|xl)$/.test(text) || /^var\(--[\w-]+\)$/.test(text);

/** Name of a property or JSX attribute, '' when it is computed. */
function keyOf(node) {
  if (node.type === 'JSXAttribute') return node.name.type === 'JSXIdentifier' ? node.name.name : '';
  if (node.type !== 'Property' || node.computed) return '';
  return node.key.type === 'Identifier' ? node.key.name : String(node.key.value ?? '');
}

const lengthsIn = (text) =>
  [...text.matchAll(LENGTH)].filter(([, value, unit]) => !(unit === 'px' && Number(value) <= HAIRLINE_PX));

/** Whether the node stands inside `style={…}`, `styles={…}` or an object typed as CSSProperties. */
function insideStyle(node) {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'JSXAttribute') return STYLE_ATTRIBUTE.has(keyOf(at));
    if (at.type === 'VariableDeclarator')
      return /CSSProperties/.test(
        at.id.typeAnnotation?.typeAnnotation?.typeName?.right?.name ??
          at.id.typeAnnotation?.typeAnnotation?.typeName?.name ??
          '',
      );
    if (at.type === 'TSSatisfiesExpression') return true;
    if (/Function/.test(at.type) && at.parent.type !== 'JSXExpressionContainer') return false;
  }
  return false;
}

/** The property or attribute a literal is the value of (through `a ? 1 : 2`), or null. */
function ownerOf(node) {
  let at = node.parent;
  while (
    at &&
    [
      'ConditionalExpression',
      'JSXExpressionContainer',
      'LogicalExpression',
      'UnaryExpression',
      'TemplateLiteral',
    ].includes(at.type)
  )
    at = at.parent;
  return at?.type === 'Property' || at?.type === 'JSXAttribute' ? at : null;
}

export const themeOnlyValues = {
  meta: {
    type: 'problem',
    docs: { description: 'colours, sizes and shadows only from the theme' },
    schema: [],
    messages: {
      colour: 'Colour "{{text}}" belongs in renderer/src/theme; use a token (var(--…)).',
      length: 'Length "{{text}}" belongs in renderer/src/theme; use a token (var(--s…), theme spacing).',
      shadow: 'Shadow "{{text}}" belongs in renderer/src/theme; use a token.',
    },
  },
  create(context) {
    function checkText(node, text) {
      const owner = ownerOf(node);
      const key = owner ? keyOf(owner) : '';
      if (SHADOW_KEY.test(key) && !isShadowToken(text.trim())) {
        context.report({ node, messageId: 'shadow', data: { text } });
        return;
      }
      const looksLikeColour = COLOUR.test(text);
      // A three- or four-digit "#123" may be a fragment or a number in text; as a whole string or a colour property it is a colour.
      const isHash = /#/.test(text) && !/\(/.test(text);
      if (
        looksLikeColour &&
        (!isHash || COLOUR_KEY.test(key) || /^\s*#[0-9a-f]{6}(?:[0-9a-f]{2})?\s*$/i.test(text) || insideStyle(node))
      ) {
        context.report({ node, messageId: 'colour', data: { text } });
        return;
      }
      const styled =
        insideStyle(node) || SPACING.test(key) || (owner?.type === 'JSXAttribute' && SPACING_PROP.has(key));
      if (styled && lengthsIn(text).length > 0) context.report({ node, messageId: 'length', data: { text } });
    }
    return {
      Literal(node) {
        if (typeof node.value === 'string') checkText(node, node.value);
        if (typeof node.value !== 'number' || Math.abs(node.value) <= HAIRLINE_PX) return;
        const owner = ownerOf(node);
        if (!owner) return;
        const key = keyOf(owner);
        const isSpacing =
          owner.type === 'JSXAttribute'
            ? SPACING_PROP.has(key)
            : SPACING.test(key) && key !== 'lineHeight' && insideStyle(node);
        if (isSpacing) context.report({ node, messageId: 'length', data: { text: String(node.value) } });
      },
      TemplateElement(node) {
        if (node.parent.type === 'TemplateLiteral') checkText(node, node.value.cooked ?? '');
      },
    };
  },
};
