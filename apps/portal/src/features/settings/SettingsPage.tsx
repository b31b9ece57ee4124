import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { Panel } from '@waymark/ui';
import { letterKeys } from '../../lib/browser/letter-keys.ts';
import { useStoredValue } from '../../lib/browser/stored-value.ts';
import { Page } from '../../lib/page/Page.tsx';
import styles from './SettingsPage.module.css';

/** What a person can set for this browser. */
export function SettingsPage() {
  return (
    <Page title="Settings" width="text" lead="They hold for this browser.">
      <div className={styles.panels}>
        <Appearance />
        <Keys />
      </div>
    </Page>
  );
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Panel title="Appearance">
      <div className={styles.setting}>
        <div>
          <div className={styles.name}>Theme</div>
          <div className={styles.text}>“System” follows your machine through the day.</div>
        </div>
        <SegmentedControl
          size="xs"
          aria-label="Theme"
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
          data={[
            { value: 'auto', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </div>
    </Panel>
  );
}

function Keys() {
  const hasLetterKeys = useStoredValue(letterKeys);
  return (
    <Panel title="Keys">
      <label className={styles.setting}>
        <span>
          <span className={styles.name}>Letter keys</span>
          <span className={styles.text}>
            Single letters such as <kbd>j</kbd>, <kbd>/</kbd> or <kbd>g</kbd> <kbd>c</kbd> are shortcuts.
            Switch them off if you dictate or often hit one by accident; arrows and Enter always work.
          </span>
        </span>
        <input
          type="checkbox"
          role="switch"
          className={styles.switch}
          checked={hasLetterKeys}
          onChange={(event) => letterKeys.set(event.currentTarget.checked)}
        />
      </label>
    </Panel>
  );
}
