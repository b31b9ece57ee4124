import { Button } from '@mantine/core';
import {
  IconListDetails,
  IconPencilCode,
  IconPlayerPlay,
  IconSearchOff,
  IconSparkles,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { TemplateSummary } from '@waymark/contracts';
import { MessagePanel, numberText, SkeletonLine } from '@waymark/ui';
import { useMemo } from 'react';
import { useDelayed } from '../../../lib/browser/use-delayed.ts';
import { useStarredEntities } from '../../../lib/entities/remembered-entities.ts';
import { Page } from '../../../lib/page/Page.tsx';
import { paths } from '../../../lib/paths.ts';
import { templatesQueries } from '../../../lib/scaffolder/templates.queries.ts';
import { ErrorPanel } from '../../../lib/ui/ErrorPanel.tsx';
import { LinkButton } from '../../../lib/ui/LinkButton.tsx';
import { GalleryBar } from './GalleryBar.tsx';
import styles from './GalleryPage.module.css';
import { shownTemplates } from './shown-templates.ts';
import { TemplateCard } from './TemplateCard.tsx';
import { useGalleryState } from './use-gallery-state.ts';

/** The templates to create something from, with what they make and how they fared. */
export function GalleryPage() {
  const query = useQuery(templatesQueries.all());
  const isSlow = useDelayed(query.isPending);
  return (
    <Page
      title="Create"
      lead="Start from a template: fill in a form, see what will be made, and run it."
      actions={
        <>
          <LinkButton to={paths.runs()} icon={<IconPlayerPlay size={14} />}>
            Runs
          </LinkButton>
          <LinkButton to={paths.templateActions()} icon={<IconListDetails size={14} />}>
            Actions
          </LinkButton>
          <LinkButton to={paths.templateEditor()} icon={<IconPencilCode size={14} />}>
            Editor
          </LinkButton>
        </>
      }
    >
      {query.isPending && isSlow && <GallerySkeleton />}
      {query.error && !query.data && (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      )}
      {query.data &&
        (query.data.templates.length === 0 ? (
          <NoTemplates />
        ) : (
          <LoadedGallery templates={query.data.templates} isTruncated={query.data.isTruncated} />
        ))}
    </Page>
  );
}

function LoadedGallery({ templates, isTruncated }: { templates: TemplateSummary[]; isTruncated: boolean }) {
  const gallery = useGalleryState();
  const starred = useStarredEntities();
  const starredRefs = useMemo(() => new Set(starred.map(({ ref }) => ref)), [starred]);
  const shown = shownTemplates(templates, gallery.state, starredRefs);
  return (
    <>
      <GalleryBar
        templates={templates}
        starredRefs={starredRefs}
        shownCount={shown.length}
        gallery={gallery}
      />
      {shown.length === 0 ? (
        <MessagePanel
          icon={<IconSearchOff size={20} stroke={1.6} />}
          title="No template matches"
          actions={
            <Button size="xs" variant="default" onClick={gallery.clear}>
              Show all {numberText(templates.length)}
            </Button>
          }
        >
          Try another word, or take a filter away.
        </MessagePanel>
      ) : (
        <ul className={styles.cards} aria-label="Templates">
          {shown.map((template) => (
            <TemplateCard key={template.ref} template={template} />
          ))}
        </ul>
      )}
      {isTruncated && (
        <p className={styles.truncated}>
          Only the first {numberText(templates.length)} templates are listed. The others are in the catalog.
        </p>
      )}
    </>
  );
}

function GallerySkeleton() {
  return (
    <div role="status" aria-label="Loading the templates" className={styles.cards}>
      {[0, 1, 2, 3, 4, 5].map((index) => (
        <div key={index} className={styles.skeleton}>
          <SkeletonLine width="55%" />
          <SkeletonLine width="90%" />
          <SkeletonLine width="70%" />
        </div>
      ))}
    </div>
  );
}

function NoTemplates() {
  return (
    <MessagePanel
      icon={<IconSparkles size={20} stroke={1.6} />}
      title="No templates yet"
      actions={
        <LinkButton to={paths.register()} variant="filled">
          Register a repository
        </LinkButton>
      }
    >
      Templates are files of the kind Template in repositories that the catalog reads. Register one that has
      some, and allow the kind Template for it in <code>catalog.rules</code>.
    </MessagePanel>
  );
}
