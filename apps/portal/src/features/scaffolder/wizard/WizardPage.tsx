import { IconPencilCode } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { SkeletonLine } from '@waymark/ui';
import { useEffect, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { useDelayed } from '../../../lib/browser/use-delayed.ts';
import { stringifyRef } from '../../../lib/entities/entity-ref.ts';
import { EntityLink } from '../../../lib/entities/EntityLink.tsx';
import { Page } from '../../../lib/page/Page.tsx';
import { paths } from '../../../lib/paths.ts';
import { templatesQueries } from '../../../lib/scaffolder/templates.queries.ts';
import { isNotFound } from '../../../lib/ui/error-words.ts';
import { ErrorPanel } from '../../../lib/ui/ErrorPanel.tsx';
import { LinkButton } from '../../../lib/ui/LinkButton.tsx';
import { MissingTemplate } from '../MissingTemplate.tsx';
import { readPrefill } from './prefill.ts';
import { scaffolderFormQueries } from './scaffolder-form.queries.ts';
import { UnusableTemplate } from './UnusableTemplate.tsx';
import { Wizard } from './Wizard.tsx';
import styles from './WizardPage.module.css';

const parents = [{ label: 'Create', to: paths.create() }];

/** The form of a template, page by page, up to the start of its run. */
export function WizardPage() {
  const { namespace = '', name = '' } = useParams();
  const templateRef = stringifyRef({ kind: 'template', namespace, name });
  const query = useQuery(scaffolderFormQueries.form(templateRef));
  const { data: details } = useQuery(templatesQueries.details(templateRef));
  const prefill = usePrefill();
  const isSlow = useDelayed(query.isPending);
  if (query.error && !query.data) {
    if (isNotFound(query.error)) {
      return (
        <MissingTemplate templateRef={templateRef}>
          <LinkButton to={paths.create()} variant="filled">
            See all templates
          </LinkButton>
        </MissingTemplate>
      );
    }
    return (
      <Page title={name} parents={parents}>
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      </Page>
    );
  }
  if (!query.data) {
    return (
      <Page title={name} parents={parents}>
        {isSlow && <FormSkeleton />}
      </Page>
    );
  }
  const { title, description } = query.data;
  return (
    <Page
      title={title}
      parents={parents}
      lead={description}
      actions={
        <>
          <EntityLink entityRef={templateRef} hasIcon isQuiet>
            About this template
          </EntityLink>
          <LinkButton to={paths.templateEditor(templateRef)} icon={<IconPencilCode size={14} />}>
            Open in editor
          </LinkButton>
        </>
      }
    >
      {details && <UnusableTemplate details={details} />}
      <Wizard key={templateRef} templateRef={templateRef} form={query.data} prefill={prefill} />
    </Page>
  );
}

/** Answers that the address brings. They are taken once and leave the address, or they would undo what is changed. */
function usePrefill() {
  const [search, setSearch] = useSearchParams();
  const [prefill] = useState(() => readPrefill(search));
  const isThere = search.has('formData');
  useEffect(() => {
    if (!isThere) return;
    setSearch(
      (current) => {
        current.delete('formData');
        return current;
      },
      { replace: true },
    );
  }, [isThere, setSearch]);
  return prefill;
}

function FormSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading the form">
      <div className={styles.skeletonSteps}>
        <SkeletonLine width="80%" />
        <SkeletonLine width="65%" />
        <SkeletonLine width="70%" />
      </div>
      <div className={styles.skeletonFields}>
        <SkeletonLine width="30%" />
        <SkeletonLine width="100%" />
        <SkeletonLine width="25%" />
        <SkeletonLine width="100%" />
      </div>
    </div>
  );
}
