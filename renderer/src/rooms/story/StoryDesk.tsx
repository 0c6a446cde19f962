import { Link } from '@tanstack/react-router';
import { EditorContent } from '@tiptap/react';
import { useState } from 'react';
import type { Story } from '../../../../core/model/contract/index.ts';
import { useLine } from '../../app/session.ts';
import { shortcutOf } from '../../commands/keys.ts';
import { useCommand } from '../../commands/registry.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../ui/Btn.tsx';
import { ByLine } from './ByLine.tsx';
import { BlockHandle } from './editor/blocks/BlockHandle.tsx';
import { CardBar } from './editor/cards/CardBar.tsx';
import { FindBar } from './editor/find/FindBar.tsx';
import { useFind } from './editor/find/use-find.ts';
import { FootnoteBubble } from './editor/FootnoteBubble.tsx';
import { LinkBubble } from './editor/LinkBubble.tsx';
import { RubyForm, useRuby } from './editor/RubyForm.tsx';
import { SelectionBubble } from './editor/SelectionBubble.tsx';
import { SlashList } from './editor/slash/SlashList.tsx';
import { Toolbar } from './editor/Toolbar.tsx';
import { useFocusMode } from './use-focus-mode.ts';
import { useEditCommands } from './editor/use-edit-commands.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { Notes } from './Notes.tsx';
import { Outline } from './Outline.tsx';
import { ThemeMenu } from './preview/ThemeMenu.tsx';
import { usePreview } from './preview/use-preview.ts';
import { WechatSide } from './preview/WechatSide.tsx';
import { SidePanel } from './SidePanel.tsx';
import { SubmitStory } from './SubmitStory.tsx';
import { TitleField } from './TitleField.tsx';
import { useStorySession, type StorySession } from './use-story-session.ts';
import { ReadOnlyArticle } from './ReadOnlyArticle.tsx';

/** Name and state of the story, and what one does with it as a whole. */
function StoryTop({ session }: { session: StorySession }) {
  const { t } = useText();
  const { story, canEdit, viewing } = session;
  const [saving, setSaving] = useState(false);
  const line = useLine();
  const checkpoint = () => {
    setSaving(true);
    void session.checkpoint().finally(() => setSaving(false));
  };
  useCommand('story.checkpoint', checkpoint, canEdit && viewing === null);
  return (
    <TopBar
      shortSearch
      actions={
        <>
          {canEdit ? (
            <Btn
              onClick={checkpoint}
              busy={saving && t('story.checkpointBusy')}
              disabled={viewing !== null || line !== 'open'}
            >
              {t('story.checkpoint')}
            </Btn>
          ) : null}
          <ExportMenu session={session} disabled={viewing !== null || line !== 'open'} />
          <SubmitStory session={session} disabled={viewing !== null || line !== 'open'} />
        </>
      }
    >
      <Link className="crumb" to="/stories">
        {t('stories.title')}
      </Link>
      <span className="sep" aria-hidden="true">
        /
      </span>
      <h1 className="cut" title={session.title || t('stories.untitled')}>
        {session.title || t('stories.untitled')}
      </h1>
      <span className="chip">
        <span className="dot" />
        {t(`stories.state.${story.state}`)}
      </span>
      {story.versionNo > 0 ? (
        <span className="t3 s12 nowrap">{t('story.versionN', { n: story.versionNo })}</span>
      ) : null}
    </TopBar>
  );
}

interface OverTextProps {
  session: StorySession;
  ruby: ReturnType<typeof useRuby>;
  onLink: () => void;
}

/** What comes up over and beside the text while it is edited. */
function OverText({ session, ruby, onLink }: OverTextProps) {
  const { editor } = session;
  return (
    <>
      <BlockHandle editor={editor} />
      <LinkBubble editor={editor} onEdit={onLink} />
      <SelectionBubble editor={editor} />
      <RubyForm editor={editor} open={ruby.open} onOpen={ruby.setOpen} />
      <CardBar editor={editor} acts={session.cardActs} />
      <FootnoteBubble editor={editor} />
      <SlashList store={session.slash} />
    </>
  );
}

/** The open story: toolbar, outline, the article in its column, versions at the side. */
export function StoryDesk({ first: opened }: { first: Story }) {
  // The text it was opened with; what changes later comes through the session, not through the query.
  const [first] = useState(opened);
  const { t } = useText();
  const session = useStorySession(first);
  const { story, editor, canEdit, viewing } = session;
  const [linkOpen, setLinkOpen] = useState(false);
  const ruby = useRuby(editor);
  useCommand('story.versions', () => document.querySelector<HTMLElement>('[data-region="side"] [role="tab"]')?.focus());
  const editing = canEdit && viewing === null;
  const find = useFind();
  const focus = useFocusMode();
  const preview = usePreview();
  useEditCommands(editor, editing, {
    images: session.chooseImages,
    gallery: session.chooseGallery,
    link: () => setLinkOpen(true),
    ruby: ruby.ask,
    find: () => find.open('find'),
    replace: () => find.open('replace'),
  });
  return (
    <div className="room">
      <StoryTop session={session} />
      <div className={focus ? 'story focused' : preview.open ? 'story previewing' : 'story'}>
        <Toolbar
          editor={editor}
          disabled={!editing}
          linkOpen={linkOpen}
          onLinkOpen={setLinkOpen}
          focused={focus}
          end={
            <>
              <ThemeMenu editor={editor} disabled={!editing} beforeChange={() => session.snapshot('theme')} />
              <IconBtn
                icon="phone"
                label={t('frame.command.story.preview')}
                shortcut={shortcutOf('story.preview')}
                aria-pressed={preview.open}
                onClick={preview.toggle}
              />
            </>
          }
        />
        {focus ? null : <Outline editor={editor} story={story} />}
        <main className="paper scroll" data-region="work">
          <Notes session={session} />
          {find.mode === null || viewing !== null ? null : (
            <FindBar
              editor={editor}
              mode={find.mode}
              nonce={find.nonce}
              editable={editing}
              onMode={find.open}
              onClose={find.close}
              beforeAll={() => session.snapshot('replace')}
            />
          )}
          {viewing ? <ReadOnlyArticle session={session} viewing={viewing} /> : null}
          {/* The editor stays where it is while another text is looked at: nothing of it is lost. */}
          <article className="doc" hidden={viewing !== null}>
            <TitleField
              value={session.title}
              readOnly={!canEdit}
              onChange={session.changeTitle}
              onEnter={() => editor.commands.focus('start')}
            />
            <ByLine story={story} />
            <EditorContent editor={editor} />
            {canEdit ? <OverText session={session} ruby={ruby} onLink={() => setLinkOpen(true)} /> : null}
          </article>
        </main>
        <WechatSide session={session} open={preview.open && !focus} editable={editing} />
        {focus ? null : <SidePanel session={session} />}
      </div>
    </div>
  );
}
