import { IconHistory, IconMapQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { MessagePanel } from '@waymark/ui';
import { lazy, Suspense } from 'react';
import { AsOfBanner } from '../../lib/as-of/AsOfBanner.tsx';
import { entityRefOf, parseRef } from '../../lib/entities/entity-ref.ts';
import { EntityRow } from '../../lib/entities/EntityRow.tsx';
import { kindWord } from '../../lib/entities/kind-words.ts';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import styles from './EntityMissing.module.css';
import { entityQueries } from './entity.queries.ts';

const HistoryTab = lazy(async () => ({ default: (await import('./HistoryTab.tsx')).HistoryTab }));

/** For a reference that the catalog does not have: what may have been meant. */
export function EntityMissing({ entityRef, asOf }: { entityRef: string; asOf: string | undefined }) {
  return asOf === undefined ? <MissingNow entityRef={entityRef} /> : <MissingThen entityRef={entityRef} />;
}

/** At another time it may be there: the history says when. */
function MissingThen({ entityRef }: { entityRef: string }) {
  const { kind, name } = parseRef(entityRef);
  return (
    <div className={styles.then}>
      <AsOfBanner />
      <MessagePanel
        icon={<IconHistory size={20} stroke={1.6} />}
        title={`No ${kindWord(kind)} called ${name} is known of then`}
        headingLevel={1}
      >
        Changes are recorded from the first read of a source on. It was not in the catalog at that moment, or
        the moment is before the record begins.
      </MessagePanel>
      <Suspense>
        <HistoryTab entityRef={entityRef} />
      </Suspense>
    </div>
  );
}

function MissingNow({ entityRef }: { entityRef: string }) {
  const { kind, name } = parseRef(entityRef);
  const { data: nearest } = useQuery(entityQueries.nearest(entityRef));
  return (
    <div className={styles.page}>
      <MessagePanel
        icon={<IconMapQuestion size={20} stroke={1.6} />}
        title={`There is no ${kindWord(kind)} called ${name}`}
        headingLevel={1}
        actions={
          <>
            <LinkButton to={paths.why(entityRef)} variant="filled">
              Why is it not here?
            </LinkButton>
            <LinkButton to={paths.search({ q: name })}>Search for it</LinkButton>
          </>
        }
      >
        <p>
          Nothing in the catalog has the reference <code>{entityRef}</code>. Its file may have moved, or its
          source may not have been read yet.
        </p>
      </MessagePanel>
      {nearest && nearest.length > 0 && (
        <section className={styles.nearest} aria-labelledby="nearest">
          <h2 id="nearest" className={styles.heading}>
            Did you mean
          </h2>
          <ul className={styles.list}>
            {nearest.map((entity) => (
              <EntityRow key={entityRefOf(entity)} entityRef={entityRefOf(entity)} entity={entity} hasKind />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
