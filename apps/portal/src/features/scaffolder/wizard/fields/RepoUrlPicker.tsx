import { Autocomplete, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RepositoryHost } from '@waymark/contracts';
import { useEffect, useEffectEvent, useState } from 'react';
import { ErrorPanel } from '../../../../lib/ui/ErrorPanel.tsx';
import { scaffolderFormQueries } from '../scaffolder-form.queries.ts';
import { textOption, textsOption, type FieldOptions } from './field-options.ts';
import { FieldFrame, frameOf, optionsOf, type FormFieldProps } from './FieldFrame.tsx';
import {
  partsOfHost,
  readRepoUrl,
  repoUrlText,
  writeRepoUrl,
  type RepoPartName,
  type RepoParts,
} from './repo-url-value.ts';
import styles from './RepoUrlPicker.module.css';
import { useMyGroupNames } from './use-my-group-names.ts';

/** Where a repository is, or will be: host, owner, name. */
export function RepoUrlPickerField(field: FormFieldProps) {
  const options = optionsOf(field);
  const hosts = useQuery(scaffolderFormQueries.hosts());
  const choices = hostChoices(options, hosts.data?.hosts ?? []);
  return (
    <FieldFrame field={field}>
      {hosts.error && !hosts.data && (
        <ErrorPanel error={hosts.error} size="inline" headingLevel={3} onRetry={() => void hosts.refetch()} />
      )}
      {hosts.isPending ? <div className={styles.waiting} /> : <RepoInputs field={field} choices={choices} />}
      {options['requestUserCredentials'] !== undefined && (
        <p className={styles.note}>The portal uses its own access to the host, not your account.</p>
      )}
    </FieldFrame>
  );
}

interface HostChoice {
  host: string;
  type: RepositoryHost['type'] | undefined;
  title: string;
}

/** The hosts that the template allows, or those that the server knows. */
function hostChoices(options: FieldOptions, known: readonly RepositoryHost[]): HostChoice[] {
  const allowed = textsOption(options, 'allowedHosts');
  if (allowed.length === 0) return [...known];
  return allowed.map(
    (host) => known.find((each) => each.host === host) ?? { host, type: undefined, title: host },
  );
}

function RepoInputs({ field, choices }: { field: FormFieldProps; choices: HostChoice[] }) {
  const options = optionsOf(field);
  const { id, label, disabled, required, error, autoFocus } = frameOf(field);
  const url = readRepoUrl(field.formData);
  const [chosenHost, setChosenHost] = useState(url?.host ?? choices[0]?.host ?? '');
  const host = url?.host ?? chosenHost;
  const choice = choices.find((each) => each.host === host);
  const names = partsOfHost(host, choice?.type);
  const parts = url?.parts ?? {};
  const change = (nextHost: string, next: RepoParts) => {
    setChosenHost(nextHost);
    const kept = partsOfHost(nextHost, choices.find((each) => each.host === nextHost)?.type);
    const own = Object.fromEntries(kept.map((name) => [name, next[name] ?? '']));
    field.onChange(writeRepoUrl({ host: nextHost, parts: own }), field.fieldPathId.path);
  };
  useOnlyOwner(options, names, parts, (owner) => change(host, { ...parts, owner }));
  const shared = { disabled, required, withAsterisk: false, error: error !== undefined };
  const hasChoice = choices.length > 1 || (choice === undefined && host !== '');
  return (
    <div className={styles.repository} role="group" aria-label={label}>
      <div className={styles.parts}>
        {hasChoice ? (
          <Select
            {...shared}
            id={`${id}_host`}
            label="Host"
            autoFocus={autoFocus}
            allowDeselect={false}
            value={host}
            data={hostData(choices, host)}
            onChange={(next) => next !== null && change(next, parts)}
          />
        ) : (
          <div className={styles.onlyHost}>
            <span className={styles.partLabel}>Host</span>
            <span className={styles.hostName}>{choice?.title ?? 'None is known'}</span>
          </div>
        )}
        {names.map((name) => (
          <RepoPart
            key={name}
            {...shared}
            id={`${id}_${name}`}
            name={name}
            hostType={choice?.type}
            options={options}
            value={parts[name] ?? ''}
            onChange={(value) => change(host, { ...parts, [name]: value })}
          />
        ))}
      </div>
      <p className={styles.preview} aria-live="polite">
        {url && parts.repo ? repoUrlText({ host, parts }) : ' '}
        {choice !== undefined && choice.type === undefined && (
          <span className={styles.note}> This server has no access to {host}.</span>
        )}
      </p>
    </div>
  );
}

/** What is called alike is told apart by its address. */
function hostData(choices: readonly HostChoice[], host: string) {
  const all = choices.some((each) => each.host === host) ? choices : [...choices, { host, title: host }];
  return all.map(({ host: value, title }) => ({
    value,
    label: title === value ? title : `${title} (${value})`,
  }));
}

/** A single owner that is allowed need not be written. */
function useOnlyOwner(
  options: FieldOptions,
  names: readonly RepoPartName[],
  { owner, repo }: RepoParts,
  setOwner: (owner: string) => void,
) {
  const allowed = textsOption(options, 'allowedOwners');
  const only = allowed.length === 1 && names.includes('owner') ? allowed[0] : undefined;
  const fillIn = useEffectEvent((value: string) => setOwner(value));
  const isMissing = repo !== undefined && owner === undefined;
  useEffect(() => {
    if (only !== undefined && isMissing) fillIn(only);
  }, [only, isMissing]);
}

interface RepoPartProps {
  id: string;
  name: RepoPartName;
  hostType: RepositoryHost['type'] | undefined;
  options: FieldOptions;
  value: string;
  disabled: boolean;
  required: boolean;
  withAsterisk: boolean;
  error: boolean;
  onChange: (value: string) => void;
}

const partLabels: Readonly<Record<RepoPartName, string>> = {
  organization: 'Organization',
  workspace: 'Workspace',
  project: 'Project',
  owner: 'Owner',
  repo: 'Repository',
};

const allowedNames: Partial<Record<RepoPartName, string>> = {
  organization: 'allowedOrganizations',
  project: 'allowedProjects',
  owner: 'allowedOwners',
  repo: 'allowedRepos',
};

function RepoPart({ name, hostType, options, value, onChange, ...input }: RepoPartProps) {
  const groups = useMyGroupNames();
  const allowed = textsOption(options, allowedNames[name] ?? '');
  const written = name === 'owner' ? textOption(options, 'ownerLabel') : textOption(options, 'repoLabel');
  const label = (name === 'owner' || name === 'repo' ? written : undefined) ?? partLabels[name];
  const shared = { ...input, label, autoComplete: 'off', spellCheck: false };
  if (allowed.length > 0) {
    return (
      <Select
        {...shared}
        value={value === '' ? (allowed.length === 1 ? (allowed[0] ?? null) : null) : value}
        data={allowed}
        onChange={(next) => onChange(next ?? '')}
      />
    );
  }
  if (name === 'owner' && hostType === 'waymark' && groups.length > 0) {
    return <Autocomplete {...shared} value={value} data={groups} onChange={onChange} />;
  }
  return (
    <TextInput {...shared} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
  );
}
