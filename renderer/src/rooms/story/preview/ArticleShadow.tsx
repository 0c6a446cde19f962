import { useLayoutEffect, type RefObject } from 'react';
import type { WechatArticle } from '../../../../../core/model/wechat/index.ts';
import { WECHAT_DARK, WECHAT_LIGHT, wechatDark } from '../../../../../core/model/wechat/index.ts';

/** What the account's page itself brings; nothing of the studio's own style sheets comes in here. */
const pageCss = (dark: boolean): string => {
  const { page, text } = dark ? WECHAT_DARK : WECHAT_LIGHT;
  return `:host{all:initial;display:block;background:${page};color:${text};font:17px/1.6 -apple-system,"PingFang SC","Microsoft YaHei UI","Noto Sans CJK SC",sans-serif;overflow-wrap:break-word}
h1,h2,h3,p,blockquote,ul,ol{margin:0;padding:0;font:inherit}img{max-width:100%}section{box-sizing:border-box}`;
};

/** The article with a comment before each top-level block, so that the preview can be scrolled to it. */
function marked(article: WechatArticle): string {
  let html = '';
  let at = 0;
  for (const { index, start } of article.blocks) {
    html += `${article.html.slice(at, start)}<!--b${String(index)}-->`;
    at = start;
  }
  return html + article.html.slice(at);
}

/** The element that shows each block, by number; blocks that show nothing are left out. */
export function blockElements(root: ShadowRoot): Map<number, HTMLElement> {
  const found = new Map<number, HTMLElement>();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const index = /^b(\d+)$/.exec(node.nodeValue ?? '')?.[1];
    const next = node.nextSibling;
    if (index !== undefined && next instanceof HTMLElement) found.set(Number(index), next);
  }
  return found;
}

/**
 * A list in a list follows its item there: that is what an account keeps. Whoever hears the page and does not see it needs an item
 * around it, which changes nothing of what is seen.
 */
function nameNestedLists(root: ShadowRoot): void {
  for (const list of root.querySelectorAll(':is(ul, ol) > :is(ul, ol)')) {
    const item = document.createElement('li');
    item.style.display = 'contents';
    list.replaceWith(item);
    item.append(list);
  }
}

function draw(host: HTMLElement, article: WechatArticle, dark: boolean): void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const html = marked(article);
  root.innerHTML = `<style>${pageCss(dark)}</style>${dark ? wechatDark(html) : html}`;
  nameNestedLists(root);
}

interface ArticleShadowProps {
  article: WechatArticle;
  dark: boolean;
  hostRef: RefObject<HTMLDivElement | null>;
}

/**
 * The very HTML an account gets, in a tree of its own. It is what our renderer wrote: escaped text, inline styles,
 * pictures of this workspace; the page's policy runs no script in it either.
 */
export function ArticleShadow({ article, dark, hostRef }: ArticleShadowProps) {
  useLayoutEffect(() => {
    if (hostRef.current) draw(hostRef.current, article, dark);
  }, [article, dark, hostRef]);
  return <div ref={hostRef} className="wx-article" />;
}
