import { IconFileUnknown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { MessagePanel, SkeletonRows } from '@waymark/ui';
import { useMemo, useState } from 'react';
import { useParams } from 'react-router';
import { ApiError } from '@waymark/api-client';
import { useDelayed } from '../../../lib/browser/use-delayed.ts';
import { stringifyRef } from '../../../lib/entities/entity-ref.ts';
import { Page } from '../../../lib/page/Page.tsx';
import { paths } from '../../../lib/paths.ts';
import { isNotFound } from '../../../lib/ui/error-words.ts';
import { ErrorPanel } from '../../../lib/ui/ErrorPanel.tsx';
import { LinkButton } from '../../../lib/ui/LinkButton.tsx';
import { MissingTemplate } from '../MissingTemplate.tsx';
import { editorFileOf } from './draft/editor-file.ts';
import { starterFiles, starterTemplatePath } from './draft/starter-template.ts';
import type { EditorStart } from './draft/use-editor-draft.ts';
import { editorQueries } from './editor.queries.ts';
import { Editor } from './Editor.tsx';

const parents = [{ label: 'Create', to: paths.create() }];
const starter: EditorStart = { files: starterFiles, templatePath: starterTemplatePath };

/** Templates written beside their live form and a live dry run: a small one to begin with, or one of the catalog. */
export function EditorPage() {
  const { namespace, name } = useParams();
  if (namespace === undefined || name === undefined) return <EditorOf start={starter} />;
  const templateRef = stringifyRef({ kind: 'template', namespace, name });
  return <EditorOfTemplate key={templateRef} templateRef={templateRef} name={name} />;
}

function EditorOfTemplate({ templateRef, name }: { templateRef: string; name: string }) {
  const query = useQuery(editorQueries.files(templateRef));
  const isSlow = useDelayed(query.isPending);
  const start = useMemo(
    () => query.data && { ...query.data, files: query.data.files.map(editorFileOf) },
    [query.data],
  );
  if (start) return <EditorOf templateRef={templateRef} name={name} start={start} />;
  if (isNotFound(query.error)) {
    return (
      <MissingTemplate templateRef={templateRef}>
        <LinkButton to={paths.templateEditor()} variant="filled">
          Begin with a small template
        </LinkButton>
      </MissingTemplate>
    );
  }
  return (
    <Page title={`Edit ${name}`} parents={parents}>
      {query.error ? (
        <NoFiles error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      ) : (
        isSlow && <SkeletonRows rows={10} columns={['20%', '40%', '25%']} label="Loading the files" />
      )}
    </Page>
  );
}

/** Starting over begins with an editor that knows nothing of the one before. */
function EditorOf(props: { templateRef?: string; name?: string; start: EditorStart }) {
  const [attempt, setAttempt] = useState(0);
  return <Editor key={attempt} {...props} parents={parents} onStartOver={() => setAttempt(attempt + 1)} />;
}

function NoFiles({ error, onRetry, isRetrying }: { error: Error; onRetry: () => void; isRetrying: boolean }) {
  const isTooLarge = error instanceof ApiError && error.code === 'scaffolder.template-files-too-large';
  const isUnreadable = error instanceof ApiError && error.code === 'scaffolder.template-files-unreadable';
  if (!isTooLarge && !isUnreadable) {
    return <ErrorPanel error={error} onRetry={onRetry} isRetrying={isRetrying} />;
  }
  return (
    <MessagePanel
      icon={<IconFileUnknown size={20} stroke={1.6} />}
      title={isTooLarge ? 'Too many files for the editor' : 'The files cannot be read'}
      tone="bad"
      role="alert"
      actions={
        <LinkButton to={isTooLarge ? paths.templateEditor() : paths.sources()}>
          {isTooLarge ? 'Begin with a small template' : 'Look at the sources'}
        </LinkButton>
      }
    >
      {error.message}
    </MessagePanel>
  );
}
