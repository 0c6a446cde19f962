/**
 * Every command of the studio, once: the palette, the shortcuts and the desktop menu read this list.
 * What a command does is registered by the part that can do it (see registry.ts).
 */
import type { IconName } from '../ui/Icon.tsx';

export interface CommandDefinition {
  id: string;
  icon: IconName;
  /** See shortcut.ts. */
  shortcut?: string;
  /** More ways to press it, for hands that learned elsewhere; only the first is shown. */
  also?: readonly string[];
  /**
   * `editor`: the text editor itself listens for the keys; the list only names them. `cutting`: works in the cutting
   * room only, and never while somebody types in a field.
   */
  keys?: 'editor' | 'cutting';
}

const DEFINITIONS = [
  { id: 'palette.open', icon: 'search', shortcut: 'mod+K' },
  { id: 'story.new', icon: 'plus', shortcut: 'mod+Alt+N' },
  { id: 'story.fromTemplate', icon: 'plus' },
  { id: 'story.saveTemplate', icon: 'copy' },
  { id: 'story.import', icon: 'upload', shortcut: 'mod+Alt+O' },
  { id: 'media.import', icon: 'upload', shortcut: 'mod+Alt+M' },
  { id: 'story.checkpoint', icon: 'check', shortcut: 'mod+S' },
  { id: 'story.versions', icon: 'history', shortcut: 'mod+Alt+V' },
  { id: 'story.compare', icon: 'history' },
  { id: 'compare.next', icon: 'down', shortcut: 'F7' },
  { id: 'compare.previous', icon: 'up', shortcut: 'Shift+F7' },
  { id: 'compare.take', icon: 'undo' },
  { id: 'compare.close', icon: 'x' },
  { id: 'story.submit', icon: 'send' },
  // The rooms by their place in the rail.
  { id: 'go.desk', icon: 'desk', shortcut: 'Alt+1' },
  { id: 'go.stories', icon: 'story', shortcut: 'Alt+2' },
  { id: 'go.media', icon: 'media', shortcut: 'Alt+3' },
  { id: 'go.review', icon: 'review', shortcut: 'Alt+4' },
  { id: 'go.packages', icon: 'package', shortcut: 'Alt+5' },
  { id: 'go.themes', icon: 'color' },
  { id: 'go.settings', icon: 'gear', shortcut: 'mod+,' },
  { id: 'jobs.open', icon: 'jobs', shortcut: 'Alt+J' },
  { id: 'edit.undo', icon: 'undo', shortcut: 'mod+Z', keys: 'editor' },
  { id: 'edit.redo', icon: 'redo', shortcut: 'mod+Shift+Z', keys: 'editor' },
  { id: 'edit.paragraph', icon: 'text', shortcut: 'mod+Alt+0', keys: 'editor' },
  { id: 'edit.heading1', icon: 'text', shortcut: 'mod+Alt+1', keys: 'editor' },
  { id: 'edit.heading2', icon: 'text', shortcut: 'mod+Alt+2', keys: 'editor' },
  { id: 'edit.heading3', icon: 'text', shortcut: 'mod+Alt+3', keys: 'editor' },
  { id: 'edit.bold', icon: 'bold', shortcut: 'mod+B', keys: 'editor' },
  { id: 'edit.italic', icon: 'italic', shortcut: 'mod+I', keys: 'editor' },
  { id: 'edit.underline', icon: 'under', shortcut: 'mod+U', keys: 'editor' },
  { id: 'edit.strike', icon: 'strike', shortcut: 'mod+Shift+S', keys: 'editor' },
  { id: 'edit.link', icon: 'link', shortcut: 'mod+Shift+K' },
  { id: 'edit.quote', icon: 'quote', shortcut: 'mod+Shift+B', keys: 'editor' },
  { id: 'edit.bullets', icon: 'ul', shortcut: 'mod+Shift+8', keys: 'editor' },
  { id: 'edit.numbers', icon: 'ol', shortcut: 'mod+Shift+7', keys: 'editor' },
  { id: 'edit.table', icon: 'table' },
  { id: 'edit.image', icon: 'image', shortcut: 'mod+Shift+I' },
  { id: 'edit.divider', icon: 'divider' },
  { id: 'edit.gallery', icon: 'images' },
  { id: 'edit.footnote', icon: 'foot', shortcut: 'mod+Alt+J' },
  { id: 'edit.subscript', icon: 'sub' },
  { id: 'edit.superscript', icon: 'sup' },
  { id: 'edit.ruby', icon: 'ruby' },
  { id: 'edit.aiMade', icon: 'sparkle' },
  { id: 'edit.clear', icon: 'clear', shortcut: 'mod+\\' },
  { id: 'edit.person', icon: 'person' },
  { id: 'edit.data', icon: 'chart' },
  { id: 'edit.video', icon: 'video' },
  { id: 'edit.steps', icon: 'steps' },
  { id: 'edit.qa', icon: 'qa' },
  { id: 'edit.notice', icon: 'notice' },
  { id: 'edit.pullQuote', icon: 'pullq' },
  { id: 'edit.lead', icon: 'follow' },
  { id: 'edit.qr', icon: 'qr' },
  { id: 'edit.source', icon: 'source' },
  { id: 'edit.moveUp', icon: 'up', shortcut: 'Alt+ArrowUp', keys: 'editor' },
  { id: 'edit.moveDown', icon: 'down', shortcut: 'Alt+ArrowDown', keys: 'editor' },
  { id: 'edit.duplicate', icon: 'copy', shortcut: 'mod+Alt+D' },
  { id: 'edit.deleteBlock', icon: 'trash', shortcut: 'mod+Shift+Backspace' },
  { id: 'edit.cardBar', icon: 'gear', shortcut: 'Alt+Enter' },
  { id: 'edit.find', icon: 'find', shortcut: 'mod+F' },
  { id: 'edit.replace', icon: 'find', shortcut: 'mod+H', also: ['mod+Alt+F'] },
  { id: 'story.cover', icon: 'image', shortcut: 'mod+Alt+C' },
  { id: 'story.preview', icon: 'phone', shortcut: 'mod+Shift+P' },
  { id: 'story.copyWechat', icon: 'copy' },
  { id: 'story.focusMode', icon: 'focusm', shortcut: 'mod+Shift+F' },
  { id: 'cut.playPause', icon: 'play', shortcut: 'Space', keys: 'cutting' },
  { id: 'cut.reverse', icon: 'jback', shortcut: 'J', keys: 'cutting' },
  { id: 'cut.pause', icon: 'pause', shortcut: 'K', keys: 'cutting' },
  { id: 'cut.forward', icon: 'jfwd', shortcut: 'L', keys: 'cutting' },
  { id: 'cut.frameBack', icon: 'fback', shortcut: 'ArrowLeft', keys: 'cutting' },
  { id: 'cut.frameForward', icon: 'ffwd', shortcut: 'ArrowRight', keys: 'cutting' },
  { id: 'cut.framesBack', icon: 'fback', shortcut: 'Shift+ArrowLeft', keys: 'cutting' },
  { id: 'cut.framesForward', icon: 'ffwd', shortcut: 'Shift+ArrowRight', keys: 'cutting' },
  { id: 'cut.previousCut', icon: 'up', shortcut: 'ArrowUp', keys: 'cutting' },
  { id: 'cut.nextCut', icon: 'down', shortcut: 'ArrowDown', keys: 'cutting' },
  { id: 'cut.start', icon: 'fback', shortcut: 'Home', keys: 'cutting' },
  { id: 'cut.end', icon: 'ffwd', shortcut: 'End', keys: 'cutting' },
  { id: 'cut.split', icon: 'cutr', shortcut: 'S', also: ['mod+B'], keys: 'cutting' },
  { id: 'cut.trimStart', icon: 'trimin', shortcut: 'Q', keys: 'cutting' },
  { id: 'cut.trimEnd', icon: 'trimout', shortcut: 'W', keys: 'cutting' },
  { id: 'cut.delete', icon: 'trash', shortcut: 'Delete', also: ['Backspace'], keys: 'cutting' },
  { id: 'cut.copy', icon: 'copy', shortcut: 'mod+C', keys: 'cutting' },
  { id: 'cut.cutOut', icon: 'cutr', shortcut: 'mod+X', keys: 'cutting' },
  { id: 'cut.paste', icon: 'copy', shortcut: 'mod+V', keys: 'cutting' },
  { id: 'cut.duplicate', icon: 'copy', shortcut: 'mod+D', keys: 'cutting' },
  { id: 'cut.moveLeft', icon: 'moveleft', shortcut: 'Alt+ArrowLeft', keys: 'cutting' },
  { id: 'cut.moveRight', icon: 'go', shortcut: 'Alt+ArrowRight', keys: 'cutting' },
  { id: 'cut.undo', icon: 'undo', shortcut: 'mod+Z', keys: 'cutting' },
  { id: 'cut.redo', icon: 'redo', shortcut: 'mod+Shift+Z', also: ['mod+Y'], keys: 'cutting' },
  { id: 'cut.snap', icon: 'magnet', shortcut: 'N', keys: 'cutting' },
  { id: 'cut.zoomIn', icon: 'zin', shortcut: '=', also: ['Shift++', '+'], keys: 'cutting' },
  { id: 'cut.zoomOut', icon: 'zout', shortcut: '-', keys: 'cutting' },
  { id: 'cut.fitAll', icon: 'fitall', shortcut: 'Shift+Z', keys: 'cutting' },
  { id: 'cut.safeArea', icon: 'full', shortcut: 'Shift+A', keys: 'cutting' },
  { id: 'cut.addCue', icon: 'cap', shortcut: 'C', keys: 'cutting' },
  { id: 'cut.addTitle', icon: 'text', shortcut: 'B', keys: 'cutting' },
  { id: 'cut.cueStart', icon: 'trimin', shortcut: '[', keys: 'cutting' },
  { id: 'cut.cueEnd', icon: 'trimout', shortcut: ']', keys: 'cutting' },
  { id: 'cut.mergeCue', icon: 'link', shortcut: 'Shift+M', keys: 'cutting' },
  { id: 'cut.marker', icon: 'flag', shortcut: 'M', keys: 'cutting' },
  { id: 'cut.previousMarker', icon: 'flag', shortcut: 'Shift+ArrowUp', keys: 'cutting' },
  { id: 'cut.nextMarker', icon: 'flag', shortcut: 'Shift+ArrowDown', keys: 'cutting' },
  { id: 'cut.freeze', icon: 'freeze', shortcut: 'F', keys: 'cutting' },
  { id: 'cut.reverseClip', icon: 'undo', shortcut: 'Shift+R', keys: 'cutting' },
  { id: 'cut.detachSound', icon: 'unlink', shortcut: 'Shift+D', keys: 'cutting' },
  { id: 'cut.rollBack', icon: 'trimout', shortcut: ',', keys: 'cutting' },
  { id: 'cut.rollForward', icon: 'trimout', shortcut: '.', keys: 'cutting' },
  { id: 'cut.rollFarBack', icon: 'trimout', shortcut: 'Shift+,', keys: 'cutting' },
  { id: 'cut.rollFarForward', icon: 'trimout', shortcut: 'Shift+.', keys: 'cutting' },
  { id: 'cut.slipBack', icon: 'film', shortcut: 'Alt+,', keys: 'cutting' },
  { id: 'cut.slipForward', icon: 'film', shortcut: 'Alt+.', keys: 'cutting' },
  { id: 'cut.slideBack', icon: 'moveleft', shortcut: 'Alt+Shift+,', keys: 'cutting' },
  { id: 'cut.slideForward', icon: 'go', shortcut: 'Alt+Shift+.', keys: 'cutting' },
  { id: 'cut.cueStartBack', icon: 'trimin', shortcut: 'Alt+[', keys: 'cutting' },
  { id: 'cut.cueStartForward', icon: 'trimin', shortcut: 'Alt+]', keys: 'cutting' },
  { id: 'cut.cueEndBack', icon: 'trimout', shortcut: 'Alt+Shift+[', keys: 'cutting' },
  { id: 'cut.cueEndForward', icon: 'trimout', shortcut: 'Alt+Shift+]', keys: 'cutting' },
  { id: 'cut.cueStartToCut', icon: 'magnet', shortcut: 'Shift+[', keys: 'cutting' },
  { id: 'cut.cueEndToCut', icon: 'magnet', shortcut: 'Shift+]', keys: 'cutting' },
  { id: 'cut.cueToSpeech', icon: 'vol', shortcut: 'Shift+V', keys: 'cutting' },
  { id: 'cut.cuePlace', icon: 'up', shortcut: 'P', keys: 'cutting' },
  { id: 'cut.fixCaptions', icon: 'check' },
  { id: 'cut.retimeCaptions', icon: 'clock' },
  { id: 'cut.captionTracks', icon: 'film' },
  { id: 'cut.secondLanguage', icon: 'ruby' },
  { id: 'cut.tapCaptions', icon: 'music', shortcut: 'Shift+T', keys: 'cutting' },
  { id: 'cut.importCaptions', icon: 'upload' },
  { id: 'cut.cover', icon: 'image', shortcut: 'Shift+C', keys: 'cutting' },
  { id: 'cut.pack', icon: 'package', shortcut: 'Shift+P', keys: 'cutting' },
  { id: 'cut.coverFrame', icon: 'image', shortcut: 'Alt+C', keys: 'cutting' },
  { id: 'cut.render', icon: 'video', shortcut: 'mod+Alt+R' },
  { id: 'region.next', icon: 'right', shortcut: 'F6' },
  { id: 'region.previous', icon: 'right', shortcut: 'Shift+F6' },
  { id: 'theme.auto', icon: 'sun' },
  { id: 'theme.light', icon: 'sun' },
  { id: 'theme.dark', icon: 'moon' },
  { id: 'language.zh-CN', icon: 'text' },
  { id: 'language.en', icon: 'text' },
  { id: 'session.switch', icon: 'users' },
  { id: 'session.signOut', icon: 'signout' },
  { id: 'workspace.close', icon: 'folder' },
  { id: 'log.open', icon: 'folder' },
] as const satisfies readonly CommandDefinition[];

export type CommandId = (typeof DEFINITIONS)[number]['id'];
export type Command = CommandDefinition & { id: CommandId };

export const COMMANDS: readonly Command[] = DEFINITIONS;

const byId = new Map<string, Command>(COMMANDS.map((c) => [c.id, c]));

/** The command of that id, or undefined (a menu of another version may send one we do not know). */
export function commandOf(id: string): Command | undefined {
  return byId.get(id);
}
