import { Button } from '@mantine/core';
import type { Run, RunEffect } from '@waymark/contracts';
import { countText, Dialog, ExternalLink } from '@waymark/ui';
import { errorWords } from '../../../lib/ui/error-words.ts';
import { standingEffects } from './run-effects.ts';
import { useUndoRun } from './run.queries.ts';
import styles from './UndoDialog.module.css';

/** Asks before what a run made is taken back: what in which order, and what has to be done by hand. */
export function UndoDialog({ run, onClose }: { run: Run; onClose: () => void }) {
  const undo = useUndoRun(run.id);
  const { undoable, lasting } = standingEffects(run.effects);
  return (
    <Dialog onClose={onClose} title={`Undo “${run.templateTitle}”?`} size="lg">
      <p className={styles.text}>
        {undoable.length === 1 ? 'This is taken back:' : 'This is taken back, the newest first:'}
      </p>
      <ol className={styles.effects} aria-label="What is taken back">
        {undoable.map((effect) => (
          <Effect key={effect.id} effect={effect} />
        ))}
      </ol>
      {lasting.length > 0 && (
        <>
          <p className={styles.text}>
            {countText(lasting.length, 'thing stays', 'things stay')}, because Waymark cannot take{' '}
            {lasting.length === 1 ? 'it' : 'them'} back. Remove {lasting.length === 1 ? 'it' : 'them'} by
            hand:
          </p>
          <ul className={styles.effects} aria-label="What stays">
            {lasting.map((effect) => (
              <Effect key={effect.id} effect={effect} />
            ))}
          </ul>
        </>
      )}
      {undo.error && (
        <p className={styles.failure} role="alert">
          {errorWords(undo.error).title}. {errorWords(undo.error).advice}
        </p>
      )}
      <div className={styles.buttons}>
        <Button size="xs" variant="default" data-autofocus onClick={onClose}>
          Keep everything
        </Button>
        <Button
          size="xs"
          color="red"
          loading={undo.isPending}
          onClick={() => undo.mutate(undefined, { onSuccess: onClose })}
        >
          Undo {countText(undoable.length, 'thing')}
        </Button>
      </div>
    </Dialog>
  );
}

function Effect({ effect: { title, url, state } }: { effect: RunEffect }) {
  return (
    <li>
      {url === undefined || title.includes(url) ? title : <ExternalLink url={url}>{title}</ExternalLink>}
      {state === 'intended' && (
        <span className={styles.doubt}>It was begun, and nobody knows whether it is there.</span>
      )}
      {state === 'undo-failed' && <span className={styles.doubt}>Taking it back has failed before.</span>}
    </li>
  );
}
