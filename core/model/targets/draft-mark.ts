/** Stands at the top and the end of what nobody approved. */
export const DRAFT_MARK = '草稿 · 未经审核，不得发布';
