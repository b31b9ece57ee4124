import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { usePageIdentity } from '../../../lib/page/page-identity.ts';
import { TabLinks } from '../../../lib/page/TabLinks.tsx';
import { paths } from '../../../lib/paths.ts';
import { runStatusWords } from '../../../lib/scaffolder/run-words.ts';
import { runsSearchOptions, runsSearchParsers, runStatuses } from '../../../lib/scaffolder/runs-search.ts';
import { refLabel } from '../../../lib/entities/entity-ref.ts';
import { RunList } from './RunList.tsx';
import { runQueries } from './run.queries.ts';
import styles from './RunsPage.module.css';

/** Runs of templates: one's own, or those of all. */
export function RunsPage() {
  usePageIdentity({ title: 'Runs', crumbs: [{ label: 'Create', to: paths.create() }, { label: 'Runs' }] });
  const [search, setSearch] = useQueryStates(runsSearchParsers, runsSearchOptions);
  const { scope, status, template } = search;
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Runs</h1>
      <div className={styles.head}>
        <TabLinks
          label="Whose runs"
          currentId={scope}
          tabs={[
            { id: 'mine', label: 'Mine', to: paths.runs({ ...search, scope: 'mine' }) },
            { id: 'all', label: 'All', to: paths.runs({ ...search, scope: 'all' }) },
          ]}
        />
      </div>
      <div className={styles.filters} role="group" aria-label="Filters">
        <label className={styles.label}>
          Status
          <select
            className={styles.select}
            value={status ?? ''}
            onChange={({ currentTarget: { value } }) =>
              void setSearch({ status: runStatuses.find((each) => each === value) ?? null })
            }
          >
            <option value="">Any</option>
            {runStatuses.map((each) => (
              <option key={each} value={each}>
                {runStatusWords(each).word}
              </option>
            ))}
          </select>
        </label>
        <TemplateFilter chosen={template} onChoose={(ref) => void setSearch({ template: ref })} />
        {(status !== null || template !== null) && (
          <button
            type="button"
            className={styles.clear}
            onClick={() => void setSearch({ status: null, template: null })}
          >
            Clear the filters
          </button>
        )}
      </div>
      <RunList search={search} />
    </div>
  );
}

interface TemplateFilterProps {
  chosen: string | null;
  onChoose: (ref: string | null) => void;
}

function TemplateFilter({ chosen, onChoose }: TemplateFilterProps) {
  const { data: templates = [] } = useQuery(runQueries.templates());
  const isKnown = chosen === null || templates.some(({ ref }) => ref === chosen);
  return (
    <label className={styles.label}>
      Template
      <select
        className={styles.select}
        value={chosen ?? ''}
        onChange={({ currentTarget: { value } }) => onChoose(value === '' ? null : value)}
      >
        <option value="">Any</option>
        {!isKnown && <option value={chosen}>{refLabel(chosen)}</option>}
        {templates.map(({ ref, title }) => (
          <option key={ref} value={ref}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
