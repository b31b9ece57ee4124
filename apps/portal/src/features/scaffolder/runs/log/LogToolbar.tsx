import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconChevronDown,
  IconChevronUp,
  IconClock,
  IconDownload,
  IconHourglass,
  IconTextWrap,
  type Icon,
} from '@tabler/icons-react';
import { CopyButton, countText, numberText } from '@waymark/ui';
import type { KeyboardEvent } from 'react';
import { downloadFile } from '../../../../lib/browser/download-file.ts';
import { useStoredValue } from '../../../../lib/browser/stored-value.ts';
import { logSettings } from './log-settings.ts';
import { logFile, plainLog } from './log-text.ts';
import styles from './LogToolbar.module.css';
import type { LogLine } from './run-log.ts';
import type { LogSearch } from './use-log-search.ts';

export interface LogToolbarProps {
  lines: readonly LogLine[];
  steps: readonly { id: string; name: string }[];
  /** The step whose lines alone are shown. */
  stepId: string | undefined;
  onShowAll: () => void;
  /** Names the downloaded file. */
  fileName: string;
  /** Quiet words about the connection. */
  notice: string | undefined;
  /** Lines that are left after the choice of a step. */
  shownCount: number;
  search: LogSearch;
}

/** Above the lines: what is shown, the search, and what can be done with the text. */
export function LogToolbar({
  lines,
  steps,
  stepId,
  onShowAll,
  shownCount,
  search,
  fileName,
  notice,
}: LogToolbarProps) {
  const settings = useStoredValue(logSettings);
  const { isWrapped, times } = settings;
  const TimesIcon = times === 'clock' ? IconHourglass : IconClock;
  return (
    <div className={styles.bar}>
      <div className={styles.about}>
        {stepId === undefined ? (
          <span className={styles.count}>{countText(shownCount, 'line')}</span>
        ) : (
          <button type="button" className={styles.chosen} onClick={onShowAll}>
            <IconArrowBackUp size={14} stroke={1.8} aria-hidden />
            <span className={styles.chosenName}>{steps.find(({ id }) => id === stepId)?.name ?? stepId}</span>
            <span className={styles.count}>
              {numberText(shownCount)} of {countText(lines.length, 'line')}. Show all
            </span>
          </button>
        )}
        <span className={styles.notice} role="status">
          {notice}
        </span>
      </div>
      <SearchField search={search} />
      <div className={styles.tools}>
        <Tool
          label={isWrapped ? 'Do not wrap long lines' : 'Wrap long lines'}
          Picture={IconTextWrap}
          isPressed={isWrapped}
          onClick={() => logSettings.set({ ...settings, isWrapped: !isWrapped })}
        />
        <Tool
          label={times === 'clock' ? 'Show times since the start' : 'Show times of day'}
          Picture={TimesIcon}
          onClick={() => logSettings.set({ ...settings, times: times === 'clock' ? 'since-start' : 'clock' })}
        />
        <CopyButton text={() => plainLog(lines)} label="Copy the whole log" size={28} />
        <Tool
          label="Download the log as text"
          Picture={IconDownload}
          onClick={() => downloadFile(new Blob([logFile(lines)], { type: 'text/plain' }), fileName)}
        />
      </div>
    </div>
  );
}

function SearchField({ search }: { search: LogSearch }) {
  const { input, typed, matches, position } = search;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') (event.shiftKey ? search.previous : search.next)();
    else if (event.key === 'Escape' && typed !== '') search.type('');
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.search} role="search" aria-label="Search in the log">
      <input
        ref={input}
        type="search"
        data-page-filter
        className={styles.field}
        value={typed}
        placeholder="Search in the log"
        aria-label="Search in the log"
        aria-keyshortcuts="/"
        onChange={(event) => search.type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span className={styles.matches} role="status">
        {typed !== '' &&
          (matches.length === 0 ? 'None' : `${numberText(position + 1)} of ${numberText(matches.length)}`)}
      </span>
      {typed !== '' && (
        <>
          <Tool
            label="Previous match"
            Picture={IconChevronUp}
            isDisabled={matches.length === 0}
            onClick={search.previous}
          />
          <Tool
            label="Next match"
            Picture={IconChevronDown}
            isDisabled={matches.length === 0}
            onClick={search.next}
          />
        </>
      )}
    </div>
  );
}

interface ToolProps {
  label: string;
  Picture: Icon;
  isPressed?: boolean;
  isDisabled?: boolean;
  onClick: () => void;
}

function Tool({ label, Picture, isPressed, isDisabled = false, onClick }: ToolProps) {
  return (
    <Tooltip label={label} openDelay={300}>
      <ActionIcon
        variant={isPressed === true ? 'light' : 'subtle'}
        color="gray"
        size={28}
        aria-label={label}
        disabled={isDisabled}
        onClick={onClick}
      >
        <Picture size={16} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
