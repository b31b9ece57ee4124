import { Portal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { KindIcon, StatusLabel, Tag } from '@waymark/ui';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { useAsOf } from '../../lib/as-of/as-of.ts';
import { entitiesQueries } from '../../lib/entities/entities.queries.ts';
import { entityTitle, parseRef, refLabel, specRef, specText } from '../../lib/entities/entity-ref.ts';
import { kindWord } from '../../lib/entities/kind-words.ts';
import styles from './EntityHoverCard.module.css';

const openDelayMs = 450;
const closeDelayMs = 120;
const cardWidth = 300;
const roomBelow = 190;

interface Anchor {
  ref: string;
  rect: DOMRect;
}

/**
 * One card for every entity link of the page, on hover. It only repeats what the linked page says, so it is
 * left out for keyboards and screen readers. Escape closes it; the pointer may move onto it.
 */
export function EntityHoverCard() {
  const anchor = useHoveredLink();
  return anchor && <Card key={anchor.ref} anchor={anchor} />;
}

function Card({ anchor: { ref, rect } }: { anchor: Anchor }) {
  const { data } = useQuery(entitiesQueries.summaries([ref]));
  const entity = data?.get(ref);
  const { asOf } = useAsOf();
  // The facts are of now: what is gone since may have been there at the instant that the page shows.
  if (entity === undefined || (entity === null && asOf !== undefined)) return null;
  const kind = parseRef(ref).kind;
  const isAbove = rect.bottom + roomBelow > window.innerHeight;
  const left = Math.max(8, Math.min(rect.left, window.innerWidth - cardWidth - 8));
  const place = isAbove
    ? { left, bottom: window.innerHeight - rect.top + 4 }
    : { left, top: rect.bottom + 4 };
  return (
    <Portal>
      <div className={styles.card} style={place} data-hover-card aria-hidden>
        <div className={styles.head}>
          <KindIcon kind={kind} />
          <span className={styles.kind}>
            {kindWord(kind)}
            {asOf !== undefined && ', as it is now'}
          </span>
          {entity && specText(entity, 'type') && <Tag>{specText(entity, 'type')}</Tag>}
        </div>
        {entity === null ? (
          <StatusLabel tone="warning">Not in the catalog</StatusLabel>
        ) : (
          <>
            <div className={styles.title}>{entityTitle(entity)}</div>
            {entity.metadata?.description && <p className={styles.text}>{entity.metadata.description}</p>}
            <Facts owner={specRef(entity, 'owner', 'group')} lifecycle={specText(entity, 'lifecycle')} />
          </>
        )}
      </div>
    </Portal>
  );
}

function Facts({ owner, lifecycle }: { owner: string | undefined; lifecycle: string | undefined }) {
  if (!owner && !lifecycle) return null;
  return (
    <div className={styles.facts}>
      {owner && <span>Owner {refLabel(owner)}</span>}
      {lifecycle && <span>{lifecycle}</span>}
    </div>
  );
}

/** The entity link under the pointer, once it has rested there. */
function useHoveredLink(): Anchor | undefined {
  const [anchor, setAnchor] = useState<Anchor>();
  const { key } = useLocation();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const after = (delayMs: number, next: Anchor | undefined) => {
      clearTimeout(timer);
      timer = setTimeout(() => setAnchor(next), delayMs);
    };
    const onOver = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse' || !(event.target instanceof Element)) return;
      if (event.target.closest('[data-hover-card]')) return clearTimeout(timer);
      const link = event.target.closest('[data-entity-ref]');
      const ref = link?.getAttribute('data-entity-ref');
      if (link && ref) after(openDelayMs, { ref, rect: link.getBoundingClientRect() });
      else after(closeDelayMs, undefined);
    };
    const close = () => {
      clearTimeout(timer);
      setAnchor(undefined);
    };
    document.addEventListener('pointerover', onOver);
    for (const type of ['keydown', 'pointerdown', 'wheel'])
      document.addEventListener(type, close, { capture: true, passive: true });
    return () => {
      close();
      document.removeEventListener('pointerover', onOver);
      for (const type of ['keydown', 'pointerdown', 'wheel'])
        document.removeEventListener(type, close, { capture: true });
    };
  }, [key]);
  return anchor;
}
