/** Files of an article for other programs. */
import type { DocumentMaker } from '../../ports/index.ts';

/** The libraries are loaded when the first document is made: most commands make none. */
export function createDocumentMaker(): DocumentMaker {
  return {
    docx: async (order) => (await import('./docx.ts')).makeDocx(order),
    pdf: async (order) => (await import('./pdf.ts')).makePdf(order),
  };
}
