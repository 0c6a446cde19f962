import type { DesktopBridge } from '../../../core/model/bridge.ts';

declare global {
  interface Window {
    /** Put there by the desktop program's preload; absent in a browser. */
    tongxin?: DesktopBridge;
  }
}

/** The desktop program around this page, or null in a browser. */
export const desktop: DesktopBridge | null = window.tongxin ?? null;

/** Opens an http(s) or mailto address outside this page. */
export function openExternal(url: string): void {
  if (desktop) void desktop.openExternal(url);
  else window.open(url, '_blank', 'noopener,noreferrer');
}
