import { Button } from '@mantine/core';
import { IconInfoCircle, IconPlus } from '@tabler/icons-react';
import type { Source, SourceAnalysis } from '@waymark/contracts';
import { ApiError } from '@waymark/api-client';
import { countText, MessagePanel, Panel } from '@waymark/ui';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { ProblemFiles } from '../../lib/sources/ProblemFiles.tsx';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import { AnalysisFailure } from './AnalysisFailure.tsx';
import { effectWords } from './analysis-words.ts';
import { PreviewedEntities } from './PreviewedEntities.tsx';
import { useRegisterSource } from './register.queries.ts';
import styles from './RegisterPage.module.css';
import { SuggestedFile } from './SuggestedFile.tsx';

/** What a place brings, and the button that registers it. */
export function AnalysisResult({ analysis }: { analysis: SourceAnalysis }) {
  const { entities, problems, suggestion, registeredSourceId } = analysis;
  return (
    <>
      {registeredSourceId === undefined ? (
        <RegisterPanel analysis={analysis} />
      ) : (
        <AlreadyRegistered sourceId={registeredSourceId} />
      )}
      {entities.length > 0 && <PreviewedEntities analysis={analysis} />}
      {suggestion && entities.length === 0 && (
        <SuggestedFile suggestion={suggestion} source={analysis.source} />
      )}
      {problems.length > 0 && (
        <section aria-labelledby="analysis-problems">
          <h2 id="analysis-problems" className={styles.heading}>
            {countText(problems.length, 'problem')} in its files
          </h2>
          <ProblemFiles problems={problems} />
        </section>
      )}
    </>
  );
}

function RegisterPanel({ analysis }: { analysis: SourceAnalysis }) {
  const { source, entities, files, isTruncated } = analysis;
  const register = useRegisterSource();
  const navigate = useNavigate();
  const isEmpty = entities.length === 0;
  const submit = () =>
    register.mutate(source, {
      onSuccess: (registered: Source) => void navigate(paths.source(registered.id)),
    });
  return (
    <Panel title={isEmpty ? 'No descriptor here yet' : 'What would change'}>
      <div className={styles.effect}>
        <p>
          {isEmpty
            ? 'Nothing in this place describes an entity. Commit the file below and look again, or register now: it is read over and over, and the file counts as soon as it is there.'
            : effectWords(analysis)}
        </p>
        <p className={styles.place}>
          {source.type === 'git' ? 'Git repository' : 'File'} <code>{source.target}</code>
          {source.branch && (
            <>
              , branch <code>{source.branch}</code>
            </>
          )}
          {source.path && (
            <>
              , path <code>{source.path}</code>
            </>
          )}
          {analysis.revision && (
            <>
              {' '}
              at <code title={analysis.revision}>{analysis.revision.slice(0, 12)}</code>
            </>
          )}
          {`, ${countText(files.length, 'file')} with descriptors`}
          {isTruncated && '. There is more than is listed here.'}
        </p>
        <Button
          size="sm"
          leftSection={<IconPlus size={15} />}
          variant={isEmpty ? 'default' : 'filled'}
          loading={register.isPending}
          onClick={submit}
        >
          {isEmpty ? 'Register it anyway' : 'Register'}
        </Button>
      </div>
      {register.error && <RegisterFailure error={register.error} target={source.target} onRetry={submit} />}
    </Panel>
  );
}

function RegisterFailure({ error, target, onRetry }: { error: Error; target: string; onRetry: () => void }) {
  if (error instanceof ApiError && error.code === 'catalog.source-exists') {
    return (
      <MessagePanel
        icon={<IconInfoCircle size={20} stroke={1.6} />}
        title="Somebody registered it meanwhile"
        size="inline"
        role="alert"
        actions={<LinkButton to={paths.sources({ q: target })}>Find it among the sources</LinkButton>}
      >
        {error.message}
      </MessagePanel>
    );
  }
  return <AnalysisFailure error={error} target={target} onRetry={onRetry} retryLabel="Register again" />;
}

function AlreadyRegistered({ sourceId }: { sourceId: string }) {
  return (
    <MessagePanel
      icon={<IconInfoCircle size={20} stroke={1.6} />}
      title="This is registered already"
      size="inline"
      role="status"
      actions={
        <LinkButton to={paths.source(sourceId)} variant="filled">
          Open the source
        </LinkButton>
      }
    >
      The catalog reads it. Below is what it brings as of now; on its page it can be read again.
    </MessagePanel>
  );
}
