/** Which part of a picture a frame shows. */
import type { CoverView } from './cover.ts';

export interface Size {
  width: number;
  height: number;
}

/** Whole pixels of the picture. */
export interface CropBox extends Size {
  left: number;
  top: number;
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/**
 * The largest part of `frame`'s shape that fits the picture, gone in by the view's zoom and laid around its point as far as the
 * picture's edges allow. Always inside the picture, and within one pixel of the frame's shape.
 */
export function cropOf(frame: Size, view: CoverView, picture: Size): CropBox {
  const shape = frame.width / frame.height;
  const most = Math.min(picture.width, picture.height * shape);
  const width = clamp(Math.round(most / view.zoom), 1, picture.width);
  const height = clamp(Math.round(width / shape), 1, picture.height);
  const left = clamp(Math.round(view.x * picture.width - width / 2), 0, picture.width - width);
  const top = clamp(Math.round(view.y * picture.height - height / 2), 0, picture.height - height);
  return { left, top, width, height };
}

/** A view whose point is where the crop's middle really is: moving it on has an effect at once, at the edges too. */
export function settledView(frame: Size, view: CoverView, picture: Size): CoverView {
  const { left, top, width, height } = cropOf(frame, view, picture);
  return { x: (left + width / 2) / picture.width, y: (top + height / 2) / picture.height, zoom: view.zoom };
}

/** Six places, without zeros at the end. */
const part = (n: number): string => String(Math.round(n * 1_000_000) / 1_000_000);

/**
 * A crop as official accounts take it (`pic_crop_235_1`, `pic_crop_1_1`): `X1_Y1_X2_Y2` in the unit square, 0 0 top left
 * (developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add).
 */
export function cropString({ left, top, width, height }: CropBox, picture: Size): string {
  const { width: w, height: h } = picture;
  return [left / w, top / h, (left + width) / w, (top + height) / h].map(part).join('_');
}
