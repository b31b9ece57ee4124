import { Button, Popover } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useAsOf } from './as-of.ts';
import { asOfChoices, localFieldText } from './as-of-choices.ts';
import styles from './AsOfMenu.module.css';

/** Chooses the moment that the page shows. The address holds it. */
export function AsOfMenu({ size = 'xs' }: { size?: 'xs' | 'compact-sm' }) {
  const { asOf, goTo, backToNow } = useAsOf();
  const [isOpen, setIsOpen] = useState(false);
  const choose = (act: () => void) => {
    setIsOpen(false);
    act();
  };
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size={size}
          variant="default"
          leftSection={<IconHistory size={15} stroke={1.7} />}
          onClick={() => setIsOpen(!isOpen)}
        >
          {asOf === undefined ? 'As of now' : 'As of the past'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.menu} aria-label="Show as of">
        {asOf !== undefined && (
          <button type="button" className={styles.choice} onClick={() => choose(backToNow)}>
            Now
          </button>
        )}
        {isOpen &&
          asOfChoices(new Date()).map(({ label, instant }) => (
            <button
              key={label}
              type="button"
              className={styles.choice}
              onClick={() => choose(() => goTo(instant))}
            >
              {label}
            </button>
          ))}
        {isOpen && <MomentForm asOf={asOf} onChoose={(instant) => choose(() => goTo(instant))} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function MomentForm({ asOf, onChoose }: { asOf: string | undefined; onChoose: (instant: string) => void }) {
  const [text, setText] = useState(() => localFieldText(asOf === undefined ? new Date() : new Date(asOf)));
  const instant = new Date(text);
  const isValid = !Number.isNaN(instant.getTime());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) onChoose(instant.toISOString());
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <label className={styles.label}>
        Another moment
        <input
          type="datetime-local"
          className={styles.field}
          value={text}
          max={localFieldText(new Date())}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <Button type="submit" size="xs" disabled={!isValid}>
        Show
      </Button>
    </form>
  );
}
