import type { DocumentOrder, MadeDocument } from '../../ports/index.ts';
export function makePdf(_order: DocumentOrder): Promise<MadeDocument> {
  throw new Error('x');
}
