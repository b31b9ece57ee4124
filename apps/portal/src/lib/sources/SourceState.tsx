import type { Source } from '@waymark/contracts';
import { StatusLabel } from '@waymark/ui';
import { sourceStateWords } from './source-words.ts';

/** State of a source as icon and word. */
export function SourceState({ source, look }: { source: Source; look?: 'plain' | 'pill' }) {
  const { tone, word } = sourceStateWords(source, new Date());
  return (
    <StatusLabel tone={tone} {...(look && { look })}>
      {word}
    </StatusLabel>
  );
}
