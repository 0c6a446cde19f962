/** Cards with something to look at (portrait, code, film) and the footnote; their views come with the editor. */
import { mergeAttributes, Node } from '@tiptap/core';
import { fromTable } from './card-nodes.ts';
import { personView, qrView, videoView } from './card-views.ts';

const PersonCard = Node.create({
  name: 'personCard',
  ...fromTable('personCard'),
  draggable: true,
  isolating: true,
  parseHTML: () => [{ tag: 'section[data-card="personCard"]', priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => [
    'section',
    mergeAttributes(HTMLAttributes, { 'data-card': 'personCard', class: 'card-personCard' }),
    0,
  ],
  addNodeView: () => personView,
});

const QrBlock = Node.create({
  name: 'qrBlock',
  ...fromTable('qrBlock'),
  draggable: true,
  isolating: true,
  parseHTML: () => [{ tag: 'section[data-card="qrBlock"]', priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => [
    'section',
    mergeAttributes(HTMLAttributes, { 'data-card': 'qrBlock', class: 'card-qrBlock' }),
    0,
  ],
  addNodeView: () => qrView,
});

const VideoCard = Node.create({
  name: 'videoCard',
  ...fromTable('videoCard'),
  atom: true,
  draggable: true,
  parseHTML: () => [{ tag: 'section[data-card="videoCard"]', priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => [
    'section',
    mergeAttributes(HTMLAttributes, { 'data-card': 'videoCard', class: 'card-videoCard' }),
  ],
  addNodeView: () => videoView,
});

const Footnote = Node.create({
  name: 'footnote',
  ...fromTable('footnote'),
  atom: true,
  selectable: true,
  parseHTML: () => [{ tag: 'sup[data-card="footnote"]', priority: 60 }],
  // The number is counted by the style sheet.
  renderHTML: ({ HTMLAttributes }) => [
    'sup',
    mergeAttributes(HTMLAttributes, { 'data-card': 'footnote', class: 'footnote' }),
  ],
});

export const leafNodes = [PersonCard, QrBlock, VideoCard, Footnote];
