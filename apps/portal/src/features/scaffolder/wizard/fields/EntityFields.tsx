import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { EntityLink } from '../../../../lib/entities/EntityLink.tsx';
import { refLabel } from '../../../../lib/entities/entity-ref.ts';
import { portalInfoQuery } from '../../../../lib/portal-info.queries.ts';
import { entityChoicesQueries } from './entity-choices.queries.ts';
import styles from './EntityFields.module.css';
import { textReader } from './entity-value.ts';
import { EntityCombobox } from './EntityCombobox.tsx';
import { filterTexts, onlyKind, textsOption, type FieldOptions } from './field-options.ts';
import { frameOf, optionsOf, type FormFieldProps } from './FieldFrame.tsx';

/** Any entity of the catalog that fits the template's filter. */
export function EntityPickerField(field: FormFieldProps) {
  const options = optionsOf(field);
  return <SingleEntity field={field} filter={filterTexts(options)} readText={textReader(options)} />;
}

/** Who answers for what is made: a group or a person. */
export function OwnerPickerField(field: FormFieldProps) {
  const written = optionsOf(field);
  const kinds = textsOption(written, 'allowedKinds');
  const options: FieldOptions = written['catalogFilter']
    ? written
    : { ...written, catalogFilter: { kind: kinds.length > 0 ? kinds : ['Group', 'User'] } };
  return <SingleEntity field={field} filter={filterTexts(options)} readText={textReader(options, 'group')} />;
}

/** An entity of the person who fills in the form, or of their groups. */
export function OwnedEntityPickerField(field: FormFieldProps) {
  const options = optionsOf(field);
  const { owners, isKnown } = useOwners();
  const filter = owners.flatMap((owner) => filterTexts(options, [`relations.ownedBy=${owner}`]));
  return (
    <SingleEntity
      field={field}
      filter={owners.length > 0 ? filter : undefined}
      readText={textReader(options, onlyKind(options))}
      nothingText={isKnown ? 'Nothing here is yours.' : 'The catalog does not know you.'}
    />
  );
}

/** A group that the person who fills in the form is a member of. */
export function MyGroupsPickerField(field: FormFieldProps) {
  const { groups } = useOwners();
  const filter = groups.flatMap((group) => {
    const name = refLabel(group).split('/').at(-1) ?? '';
    return filterTexts(optionsOf(field), ['kind=group', `metadata.name=${name}`]);
  });
  return (
    <SingleEntity
      field={field}
      filter={groups.length > 0 ? filter : undefined}
      readText={textReader(optionsOf(field), 'group')}
      nothingText="The catalog knows of no group that you are in. Write its name."
    />
  );
}

interface SingleEntityProps {
  field: FormFieldProps;
  filter: readonly string[] | undefined;
  readText: ((text: string) => string) | undefined;
  nothingText?: string;
}

function SingleEntity({ field, filter, readText, nothingText }: SingleEntityProps) {
  const { formData, onChange, fieldPathId } = field;
  const change = (value: string | undefined) => onChange(value, fieldPathId.path);
  return (
    <EntityCombobox
      {...frameOf(field)}
      value={typeof formData === 'string' ? formData : undefined}
      onChange={change}
      onUnanswered={change}
      filter={filter}
      readText={readText}
      {...(nothingText !== undefined && { nothingText })}
    />
  );
}

/** Any number of entities: those that are chosen, and a field for one more. */
export function MultiEntityPickerField(field: FormFieldProps) {
  const { formData, onChange, fieldPathId, schema } = field;
  const options = optionsOf(field);
  const chosen = Array.isArray(formData)
    ? formData.filter((ref): ref is string => typeof ref === 'string')
    : [];
  const change = (refs: string[]) => onChange(refs, fieldPathId.path);
  const isFull = typeof schema.maxItems === 'number' && chosen.length >= schema.maxItems;
  const frame = frameOf(field);
  return (
    <>
      <EntityCombobox
        {...frame}
        disabled={frame.disabled || isFull}
        placeholder={frame.placeholder || (chosen.length > 0 ? 'Add another' : '')}
        value={undefined}
        onChange={(ref) => ref !== undefined && !chosen.includes(ref) && change([...chosen, ref])}
        filter={filterTexts(options)}
        readText={textReader(options)}
      />
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label={`${frame.label}: chosen`}>
          {chosen.map((ref) => (
            <li key={ref} className={styles.item}>
              {ref.includes(':') ? <EntityLink entityRef={ref} hasIcon /> : ref}
              <ActionIcon
                variant="subtle"
                color="gray"
                size={24}
                aria-label={`Remove ${refLabel(ref)}`}
                onClick={() => {
                  change(chosen.filter((each) => each !== ref));
                  document.getElementById(frame.id)?.focus();
                }}
              >
                <IconX size={13} stroke={2} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The person who fills in the form with their groups, as the catalog knows them. */
function useOwners() {
  const { data: portal } = useQuery(portalInfoQuery());
  const me = portal?.actor.ref;
  const { data: groups = [] } = useQuery({
    ...entityChoicesQueries.groupsOf(me ?? ''),
    enabled: me !== undefined,
  });
  return { groups, owners: me === undefined ? groups : [me, ...groups], isKnown: groups.length > 0 };
}
