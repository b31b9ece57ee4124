import { memo, useState } from 'react';
import { CopyButton } from '../text/CopyButton.tsx';
import styles from './CodeView.module.css';
import { yamlTokens } from './yaml-tokens.ts';

export interface CodeViewProps {
  text: string;
  /** Number of the first line, where the text is a part of a file. */
  firstLine?: number;
  /** What the text is, for screen readers and the copy button: "YAML of payments-api". */
  label: string;
  /** `yaml` colours keys and comments. */
  language?: 'yaml' | 'plain';
  /** A line to point at. */
  markedLine?: number | undefined;
}

const linesAtOnce = 1000;

/** Text of a file with its line numbers, and a button that copies it. Long files unfold in steps. */
export function CodeView({ text, firstLine = 1, label, language = 'plain', markedLine }: CodeViewProps) {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const marked = markedLine === undefined ? 0 : markedLine - firstLine + 1;
  const [shown, setShown] = useState(Math.max(linesAtOnce, marked));
  return (
    <div className={styles.frame}>
      <div className={styles.copy}>
        <CopyButton text={text} label="Copy the text" size={28} />
      </div>
      {/* Wide lines scroll sideways, so a keyboard must be able to reach the box. */}
      <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
        <pre className={styles.code}>
          {lines.slice(0, shown).map((line, index) => (
            <Line
              key={index}
              number={firstLine + index}
              text={line}
              isYaml={language === 'yaml'}
              isMarked={firstLine + index === markedLine}
            />
          ))}
        </pre>
        {lines.length > shown && (
          <button type="button" className={styles.unfold} onClick={() => setShown(shown + linesAtOnce * 5)}>
            Show more of the {lines.length} lines
          </button>
        )}
      </div>
    </div>
  );
}

interface LineProps {
  number: number;
  text: string;
  isYaml: boolean;
  isMarked: boolean;
}

const Line = memo(function Line({ number, text, isYaml, isMarked }: LineProps) {
  return (
    <code className={styles.line} data-marked={isMarked || undefined}>
      <span className={styles.number} data-number={number} aria-hidden />
      <span className={styles.text}>
        {isYaml
          ? yamlTokens(text).map((token, index) => (
              <span key={index} data-token={token.kind}>
                {token.text}
              </span>
            ))
          : text}
        {'\n'}
      </span>
    </code>
  );
});
