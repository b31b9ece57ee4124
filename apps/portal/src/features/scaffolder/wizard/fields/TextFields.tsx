import { Autocomplete, PasswordInput, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormContext } from '../form/form-context.ts';
import { entityChoicesQueries } from './entity-choices.queries.ts';
import { textsOption } from './field-options.ts';
import { frameOf, optionsOf, type FormFieldProps } from './FieldFrame.tsx';
import { useMyGroupNames } from './use-my-group-names.ts';

const usualBranches = ['main', 'master', 'develop'];
/** What stands for a secret among the answers; longer only where the schema demands it. */
const standInLength = 8;

/** The name of an entity, by the catalog's rules for names. */
export function EntityNamePickerField(field: FormFieldProps) {
  const { formData, onChange, fieldPathId } = field;
  return (
    <TextInput
      {...frameOf(field)}
      autoComplete="off"
      spellCheck={false}
      value={textOf(formData)}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined, fieldPathId.path)}
    />
  );
}

/** Tags, with those that are used already to choose from. */
export function EntityTagsPickerField(field: FormFieldProps) {
  const { formData, onChange, fieldPathId } = field;
  const { data: tags = [] } = useQuery(entityChoicesQueries.tags(textsOption(optionsOf(field), 'kinds')));
  return (
    <TagsInput
      {...frameOf(field)}
      value={Array.isArray(formData) ? formData.map(String) : []}
      data={tags}
      limit={12}
      splitChars={[',', ' ']}
      acceptValueOnBlur
      onChange={(next) => onChange([...new Set(next.map((tag) => tag.toLowerCase()))], fieldPathId.path)}
    />
  );
}

/** A branch. Those of the repository are not asked for: it may not exist yet. */
export function RepoBranchPickerField(field: FormFieldProps) {
  return <SuggestedText field={field} suggestions={usualBranches} />;
}

/** An owner of repositories. */
export function RepoOwnerPickerField(field: FormFieldProps) {
  const groups = useMyGroupNames();
  const allowed = textsOption(optionsOf(field), 'allowedOwners');
  return <SuggestedText field={field} suggestions={allowed.length > 0 ? allowed : groups} />;
}

function SuggestedText({ field, suggestions }: { field: FormFieldProps; suggestions: string[] }) {
  const { formData, onChange, fieldPathId } = field;
  return (
    <Autocomplete
      {...frameOf(field)}
      spellCheck={false}
      autoComplete="off"
      value={textOf(formData)}
      data={suggestions}
      onChange={(value) => onChange(value || undefined, fieldPathId.path)}
    />
  );
}

/** A secret: what is typed goes with the start of the run and is kept nowhere; among the answers stand stars. */
export function SecretField(field: FormFieldProps) {
  const { name, schema, registry, onChange, fieldPathId } = field;
  const { secrets, setSecret } = registry.formContext as FormContext; // what PageForm hands over
  return (
    <PasswordInput
      {...frameOf(field)}
      autoComplete="new-password"
      value={secrets[name] ?? ''}
      onChange={({ currentTarget: { value } }) => {
        setSecret(name, value || undefined);
        const length = Math.max(standInLength, schema.minLength ?? 0);
        onChange(value === '' ? undefined : '*'.repeat(length), fieldPathId.path);
      }}
    />
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
