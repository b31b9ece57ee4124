import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import styles from './SavedViewList.module.css';
import { savedViews, useSavedViews, viewNameProblem, type SavedView } from './saved-views.ts';

export interface SavedViewListProps {
  /** The state that is shown now, as it stands in the address. */
  search: string;
  /** The view whose state that is. */
  currentName: string | undefined;
  /** A view was chosen: the list has done its work. */
  onChoose: () => void;
}

/** The saved views as links, with what can be done to each, and a field that saves what is shown now. */
export function SavedViewList({ search, currentName, onChoose }: SavedViewListProps) {
  const views = useSavedViews();
  return (
    <div className={styles.views}>
      {views.length === 0 ? (
        <p className={styles.empty}>
          A view keeps filters, order and columns under a name. Its address can be shared; the list of views
          stays in this browser.
        </p>
      ) : (
        <ul className={styles.list} aria-label="Saved views">
          {views.map((view, index) => (
            <ViewItem
              key={view.name}
              view={view}
              isCurrent={view.name === currentName}
              isFirst={index === 0}
              isLast={index === views.length - 1}
              onChoose={onChoose}
            />
          ))}
        </ul>
      )}
      {currentName === undefined ? (
        <NameForm
          label="Save what is shown as"
          button="Save"
          initial=""
          problemOf={(name) => viewNameProblem(name, views)}
          onSubmit={(name) => savedViews.add(name, search)}
        />
      ) : (
        <p className={styles.empty}>What is shown is the view “{currentName}”.</p>
      )}
    </div>
  );
}

interface ViewItemProps {
  view: SavedView;
  isCurrent: boolean;
  isFirst: boolean;
  isLast: boolean;
  onChoose: () => void;
}

function ViewItem({ view: { name, search }, isCurrent, isFirst, isLast, onChoose }: ViewItemProps) {
  const views = useSavedViews();
  const [isRenaming, setIsRenaming] = useState(false);
  if (isRenaming) {
    return (
      <li>
        <NameForm
          label={`New name of ${name}`}
          button="Rename"
          initial={name}
          problemOf={(newName) => viewNameProblem(newName, views, name)}
          onSubmit={(newName) => {
            savedViews.rename(name, newName);
            setIsRenaming(false);
          }}
        />
      </li>
    );
  }
  return (
    <li className={styles.item}>
      <Link
        to={`${paths.catalog()}${search}`}
        className={styles.link}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={onChoose}
      >
        {name}
      </Link>
      <ItemButton label={`Move ${name} up`} isDisabled={isFirst} onClick={() => savedViews.move(name, -1)}>
        <IconArrowUp size={14} stroke={1.8} />
      </ItemButton>
      <ItemButton label={`Move ${name} down`} isDisabled={isLast} onClick={() => savedViews.move(name, 1)}>
        <IconArrowDown size={14} stroke={1.8} />
      </ItemButton>
      <ItemButton label={`Rename ${name}`} onClick={() => setIsRenaming(true)}>
        <IconPencil size={14} stroke={1.8} />
      </ItemButton>
      <ItemButton label={`Delete ${name}`} onClick={() => savedViews.remove(name)}>
        <IconTrash size={14} stroke={1.8} />
      </ItemButton>
    </li>
  );
}

interface ItemButtonProps {
  label: string;
  onClick: () => void;
  isDisabled?: boolean;
  children: ReactNode;
}

function ItemButton({ label, onClick, isDisabled = false, children }: ItemButtonProps) {
  return (
    <Tooltip label={label} openDelay={300}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label={label}
        disabled={isDisabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

interface NameFormProps {
  label: string;
  button: string;
  initial: string;
  problemOf: (name: string) => string | undefined;
  onSubmit: (name: string) => void;
}

function NameForm({ label, button, initial, problemOf, onSubmit }: NameFormProps) {
  const [name, setName] = useState(initial);
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = problemOf(name);
    setProblem(wrong);
    if (wrong === undefined) onSubmit(name);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={styles.line}>
        <input
          id={id}
          type="text"
          className={styles.input}
          value={name}
          autoComplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : `${id}-problem`}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button size="xs" type="submit">
          {button}
        </Button>
      </div>
      {problem !== undefined && (
        <p id={`${id}-problem`} className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
