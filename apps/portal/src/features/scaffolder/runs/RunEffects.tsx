import {
  IconBell,
  IconBox,
  IconBrandGit,
  IconGitBranch,
  IconGitPullRequest,
  IconPlugConnected,
  IconWebhook,
  type Icon,
} from '@tabler/icons-react';
import type { Run, RunEffect } from '@waymark/contracts';
import { ExternalLink, Panel, StatusLabel } from '@waymark/ui';
import { effectStateWords } from './run-effects.ts';
import styles from './RunEffects.module.css';

const pictures: Record<RunEffect['kind'], Icon> = {
  repository: IconBrandGit,
  branch: IconGitBranch,
  'pull-request': IconGitPullRequest,
  webhook: IconWebhook,
  registration: IconPlugConnected,
  notification: IconBell,
  other: IconBox,
};

/** What a run made outside, and whether it is still there. */
export function RunEffects({ run }: { run: Run }) {
  const { effects, steps, undo } = run;
  if (effects.length === 0) return null;
  return (
    <div className={styles.panel}>
      <Panel
        title="What it made"
        count={String(effects.length)}
        isFlush
        aside={undo && <UndoState state={undo.state} />}
      >
        <ul className={styles.effects}>
          {effects.map((effect) => (
            <EffectRow
              key={effect.id}
              effect={effect}
              stepName={steps.find(({ id }) => id === effect.stepId)?.name ?? effect.stepId}
            />
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function EffectRow({ effect, stepName }: { effect: RunEffect; stepName: string }) {
  const { kind, title, url, state, problem, canUndo } = effect;
  const Picture = pictures[kind];
  const { tone, word } = effectStateWords(state);
  return (
    <li className={styles.effect}>
      <Picture size={16} stroke={1.6} aria-hidden className={styles.picture} />
      <div className={styles.words}>
        <span className={styles.title}>
          {url === undefined || state === 'undone' ? title : <ExternalLink url={url}>{title}</ExternalLink>}
        </span>
        <span className={styles.step}>
          By the step {stepName}
          {!canUndo && state !== 'undone' && '. Waymark cannot take it back.'}
        </span>
        {problem !== undefined && state !== 'undone' && <span className={styles.problem}>{problem}</span>}
      </div>
      <StatusLabel tone={tone}>{word}</StatusLabel>
    </li>
  );
}

function UndoState({ state }: { state: NonNullable<Run['undo']>['state'] }) {
  if (state === 'running') return <StatusLabel tone="busy">Being taken back</StatusLabel>;
  if (state === 'done') return <StatusLabel tone="good">All taken back</StatusLabel>;
  return <StatusLabel tone="warning">Not all could be taken back</StatusLabel>;
}
