/**
 * How an article looks in an official account: one restrained look, black on white with the house's red. Data only:
 * every value is written inline, since style sheets, classes and variables do not survive in an official account.
 */
export interface WechatLook {
  /** Put once on the wrapper and inherited: repeated on every paragraph it would take 3 to 7 times the text. */
  wrapper: string;
  /** On every block that holds text: without a colour of its own WeChat's dark mode cannot recolour it well. */
  text: string;
  paragraph: string;
  heading: readonly [string, string, string];
  quote: string;
  list: string;
  item: string;
  figure: string;
  picture: string;
  caption: string;
  rule: string;
  table: string;
  cell: string;
  headerCell: string;
  link: string;
  noteMark: string;
  notes: string;
  note: string;
  draft: string;
}

const INK = 'color:#2b2a27';

export const PLAIN_LOOK: WechatLook = {
  wrapper: 'font-size:16px;line-height:1.75;text-align:justify;word-break:break-word',
  text: INK,
  paragraph: `margin:0 0 16px;${INK}`,
  heading: [
    `margin:32px 0 16px;font-size:20px;line-height:1.5;font-weight:bold;text-align:left;${INK}`,
    `margin:28px 0 14px;padding-left:10px;border-left:4px solid #c0362c;font-size:18px;line-height:1.5;font-weight:bold;text-align:left;${INK}`,
    `margin:24px 0 12px;font-size:16px;line-height:1.5;font-weight:bold;text-align:left;color:#c0362c`,
  ],
  quote: 'margin:0 0 16px;padding:12px 16px 1px;border-left:3px solid #d8d3ca;background-color:#f7f5f1;color:#5d5a53',
  list: `margin:0 0 16px;padding-left:24px;${INK}`,
  item: `margin:0 0 6px;${INK}`,
  figure: 'margin:24px 0;text-align:center',
  picture: 'display:block;max-width:100%;height:auto;margin:0 auto',
  caption: 'margin:8px 0 0;font-size:14px;line-height:1.6;text-align:center;color:#75716a',
  rule: 'margin:28px auto;width:40%;border:0;border-top:1px solid #d8d3ca',
  table: `margin:0 0 16px;width:100%;border-collapse:collapse;font-size:14px;line-height:1.6;text-align:left;${INK}`,
  cell: `padding:6px 8px;border:1px solid #d8d3ca;text-align:left;vertical-align:top;${INK}`,
  headerCell: `padding:6px 8px;border:1px solid #d8d3ca;text-align:left;vertical-align:top;font-weight:bold;background-color:#f7f5f1;${INK}`,
  link: 'color:#576b95;text-decoration:none',
  noteMark: 'font-size:12px;line-height:1;color:#75716a',
  notes:
    'margin:32px 0 0;padding-top:12px;border-top:1px solid #d8d3ca;font-size:13px;line-height:1.6;text-align:left;color:#75716a',
  note: 'margin:0 0 6px;word-break:break-all;color:#75716a',
  draft:
    'margin:0 0 16px;padding:8px 12px;border:2px solid #c0362c;font-size:16px;font-weight:bold;text-align:center;color:#c0362c',
};
