import type { RunEffect } from '@waymark/contracts';
import type { StatusTone } from '@waymark/ui';

const stateWords: Record<RunEffect['state'], { tone: StatusTone; word: string }> = {
  intended: { tone: 'unknown', word: 'Not known' },
  done: { tone: 'good', word: 'Made' },
  undone: { tone: 'unknown', word: 'Taken back' },
  'undo-failed': { tone: 'bad', word: 'Still there' },
};

/** The state of something that a run made, as tone and word. */
export function effectStateWords(state: RunEffect['state']): { tone: StatusTone; word: string } {
  return stateWords[state];
}

/** What may still be outside, in the order in which it is taken back: what can be, and what cannot. */
export function standingEffects(effects: readonly RunEffect[]): {
  undoable: RunEffect[];
  lasting: RunEffect[];
} {
  const standing = effects.filter(({ state }) => state !== 'undone').toReversed();
  return {
    undoable: standing.filter(({ canUndo }) => canUndo),
    lasting: standing.filter(({ canUndo }) => !canUndo),
  };
}
