import { Button, Popover, SegmentedControl } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId } from 'react';
import { compareKinds, kindPlural, knownKinds } from '../entities/kind-words.ts';
import { counterpartWord, inSentence, relationWord } from '../entities/relation-words.ts';
import styles from './GraphBar.module.css';
import { forwardRelations, maxShownDepth, toggledChoice, type GraphGrouping } from './graph-search.ts';
import type { Neighbourhood } from './graph.queries.ts';
import type { GraphState } from './use-graph-state.ts';

/** What the picture shows: steps, direction, kinds, relations, frames. */
export function GraphBar({ state, graph }: { state: GraphState; graph: Neighbourhood | undefined }) {
  return (
    <div className={styles.bar} role="group" aria-label="What the graph shows">
      <Steps state={state} />
      <Choice
        label="Direction"
        value={state.direction}
        options={[
          { value: 'both', label: 'Both ways' },
          { value: 'forward', label: 'What it needs' },
          { value: 'backward', label: 'What needs it' },
        ]}
        onChange={state.setDirection}
      />
      <Ticks
        label="Kinds"
        summary={state.kinds === undefined ? 'All' : String(state.kinds.length)}
        options={kindOptions(state, graph)}
        chosen={state.kinds}
        onChange={state.setKinds}
      />
      <Ticks
        label="Relations"
        summary={relationSummary(state)}
        options={relationOptions(state, graph)}
        chosen={state.relations}
        onChange={state.setRelations}
      />
      <Choice
        label="Group by"
        value={state.group}
        options={[
          { value: 'none', label: 'Nothing' },
          { value: 'system', label: 'System' },
          { value: 'domain', label: 'Domain' },
        ]}
        onChange={(group: GraphGrouping) => state.setGroup(group)}
      />
      {state.isNarrowed && (
        <button type="button" className={styles.clear} onClick={state.clear}>
          Clear
        </button>
      )}
    </div>
  );
}

function Steps({ state }: { state: GraphState }) {
  const depths = Array.from({ length: maxShownDepth }, (_, index) => String(index + 1));
  return (
    <div className={styles.field}>
      <span className={styles.label} id="graph-steps">
        Steps
      </span>
      <SegmentedControl
        size="xs"
        aria-labelledby="graph-steps"
        value={String(state.depth)}
        data={depths}
        onChange={(value) => state.setDepth(Number(value))}
      />
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

interface TicksProps {
  label: string;
  /** How many are chosen, on the button. */
  summary: string;
  options: { value: string; label: string }[];
  /** Undefined for all, also those that are no option yet. */
  chosen: readonly string[] | undefined;
  onChange: (chosen: string[] | undefined) => void;
}

function Ticks({ label, summary, options, chosen, onChange }: TicksProps) {
  const values = options.map(({ value }) => value);
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          rightSection={<IconChevronDown size={13} aria-hidden />}
          className={styles.button}
        >
          {label}: {summary}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.ticks} aria-label={label}>
        {options.map((option) => (
          <label key={option.value} className={styles.tick}>
            <input
              type="checkbox"
              checked={chosen?.includes(option.value) ?? true}
              onChange={() => onChange(toggledChoice(values, chosen, option.value))}
            />
            {option.label}
          </label>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function kindOptions(state: GraphState, graph: Neighbourhood | undefined) {
  const shown = graph?.nodes.map(({ kind }) => kind.toLowerCase()) ?? [];
  const left = graph?.omitted.map(({ kind }) => kind.toLowerCase()) ?? [];
  const usual = knownKinds.filter((kind) => kind !== 'template' && kind !== 'location');
  return [...new Set([...usual, ...shown, ...left, ...(state.kinds ?? [])])]
    .sort(compareKinds)
    .map((kind) => ({ value: kind, label: kindPlural(kind) }));
}

function relationSummary({ relations }: GraphState): string {
  if (relations === undefined) return 'All';
  const [only, ...others] = relations;
  if (only === undefined) return 'None';
  return others.length === 0 ? relationWord(only) : String(relations.length);
}

function relationOptions(state: GraphState, graph: Neighbourhood | undefined) {
  const shown = graph?.edges.map(({ type }) => type) ?? [];
  return [...new Set([...forwardRelations, ...shown, ...(state.relations ?? [])])].map((type) => ({
    value: type,
    label: `${relationWord(type)} / ${inSentence(counterpartWord(type))}`,
  }));
}
