import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

const confirmedMs = 1600;

export interface CopyButtonProps {
  /** A function for a long text that is only made when somebody wants it. */
  text: string | (() => string);
  /** What is copied, for the tooltip and for screen readers: "Copy reference". */
  label: string;
  size?: number;
}

/** Copies a text and says so in place. */
export function CopyButton({ text, label, size = 24 }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none');
  useEffect(() => {
    if (outcome === 'none') return;
    const timer = setTimeout(() => setOutcome('none'), confirmedMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    copyText(typeof text === 'string' ? text : text()).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  const words = { none: label, copied: 'Copied', failed: 'The browser did not allow copying' }[outcome];
  return (
    <Tooltip label={words} openDelay={300}>
      <ActionIcon variant="subtle" color="gray" size={size} aria-label={words} onClick={copy}>
        {outcome === 'copied' ? <IconCheck size={15} stroke={2} /> : <IconCopy size={15} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** Puts a text on the clipboard. Rejects where the browser refuses, for example on plain HTTP. */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
