import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconPlus, IconTrash, type Icon } from '@tabler/icons-react';
import type {
  ArrayFieldItemTemplateProps,
  ArrayFieldTemplateProps,
  FieldTemplateProps,
  IconButtonProps,
  MultiSchemaFieldTemplateProps,
  ObjectFieldTemplateProps,
  TitleFieldProps,
} from '@rjsf/utils';
import { buttonId, canExpand } from '@rjsf/utils';
import { unknownNameKey } from '../schema/split-schema.ts';
import { HelpText } from '../widgets/HelpText.tsx';
import styles from './form-parts.module.css';

/** Around every field: what is wrong with a group or list as a whole, and a word about what is not understood. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { id, children, hidden, schema, uiSchema, rawErrors = [], registry } = props;
  if (hidden) return <div hidden>{children}</div>;
  const unknown: unknown = uiSchema?.[unknownNameKey];
  const isOwnField = typeof uiSchema?.['ui:field'] === 'string';
  const isGroup =
    !isOwnField &&
    (schema.type === 'object' || (schema.type === 'array' && !registry.schemaUtils.isMultiSelect(schema)));
  return (
    <div className={styles.field} data-field={id}>
      {children}
      {isGroup && rawErrors.length > 0 && <p className={styles.error}>{rawErrors.join(' ')}</p>}
      {typeof unknown === 'string' && (
        <p className={styles.note}>
          The template asks for the field {unknown}, which this portal does not have: answer it here as it is.
        </p>
      )}
    </div>
  );
}

/** Fields of a group, one below the other; the outermost group is the page itself. */
export function ObjectTemplate(props: ObjectFieldTemplateProps) {
  const { title, properties, fieldPathId, uiSchema, schema, registry, onAddProperty } = props;
  const { AddButton } = registry.templates.ButtonTemplates;
  const isPage = fieldPathId.path.length === 0;
  const description: unknown = uiSchema?.['ui:description'] ?? schema.description;
  const content = (
    <div className={styles.fields}>
      {properties.filter(({ hidden }) => !hidden).map(({ content: field }) => field)}
      {canExpand(schema, uiSchema, props.formData) && (
        <AddButton id={buttonId(fieldPathId, 'add')} registry={registry} onClick={onAddProperty} />
      )}
    </div>
  );
  if (isPage) return content;
  const position = fieldPathId.path.at(-1);
  const name = typeof position === 'number' && schema.title === undefined ? `Entry ${position + 1}` : title;
  // Alternatives without a field of their own: only the choice between them follows.
  if (properties.length === 0 && !canExpand(schema, uiSchema, props.formData)) {
    return <p className={styles.choiceTitle}>{name}</p>;
  }
  return (
    <Group id={fieldPathId.$id} title={name} description={description}>
      {content}
    </Group>
  );
}

/** Entries of a list with the buttons to change it. */
export function ArrayTemplate(props: ArrayFieldTemplateProps) {
  const { title, items, canAdd, fieldPathId, uiSchema, schema, registry, onAddClick, disabled } = props;
  const { AddButton } = registry.templates.ButtonTemplates;
  return (
    <Group
      id={fieldPathId.$id}
      title={uiSchema?.['ui:title'] ?? title}
      description={uiSchema?.['ui:description'] ?? schema.description}
    >
      <div className={styles.entries}>{items}</div>
      {canAdd && (
        <AddButton
          id={buttonId(fieldPathId, 'add')}
          disabled={disabled ?? false}
          registry={registry}
          onClick={onAddClick}
        />
      )}
    </Group>
  );
}

interface GroupProps {
  id: string;
  title: string | undefined;
  description: unknown;
  children: React.ReactNode;
}

function Group({ id, title, description, children }: GroupProps) {
  return (
    <fieldset id={id} tabIndex={-1} className={styles.group}>
      {title && <legend className={styles.legend}>{title}</legend>}
      {typeof description === 'string' && description !== '' && (
        <p className={styles.description}>
          <HelpText texts={[description]} />
        </p>
      )}
      {children}
    </fieldset>
  );
}

/** An entry of a list, with its own buttons. */
export function ArrayItemTemplate({
  children,
  buttonsProps,
  hasToolbar,
  index,
}: ArrayFieldItemTemplateProps) {
  const { hasMoveUp, hasMoveDown, hasCopy, hasRemove, disabled } = buttonsProps;
  const entry = `entry ${index + 1}`;
  const buttons: [boolean, string, Icon, () => void][] = [
    [hasMoveUp, `Move ${entry} up`, IconArrowUp, buttonsProps.onMoveUpItem],
    [hasMoveDown, `Move ${entry} down`, IconArrowDown, buttonsProps.onMoveDownItem],
    [hasCopy, `Copy ${entry}`, IconCopy, buttonsProps.onCopyItem],
    [hasRemove, `Remove ${entry}`, IconTrash, buttonsProps.onRemoveItem],
  ];
  return (
    <div className={styles.entry}>
      <div className={styles.entryContent}>{children}</div>
      {hasToolbar && (
        <div className={styles.tools}>
          {buttons
            .filter(([isShown]) => isShown)
            .map(([, label, Picture, act]) => (
              <ActionIcon
                key={label}
                variant="subtle"
                color="gray"
                size={28}
                aria-label={label}
                title={label}
                disabled={disabled ?? false}
                onClick={() => act()}
              >
                <Picture size={15} stroke={1.7} />
              </ActionIcon>
            ))}
        </div>
      )}
    </div>
  );
}

/** Adds an entry to a list or a name to a group. */
export function AddButton({ id, disabled, onClick }: IconButtonProps) {
  return (
    <Button
      id={id}
      size="xs"
      variant="default"
      leftSection={<IconPlus size={14} />}
      disabled={disabled ?? false}
      onClick={onClick}
    >
      Add
    </Button>
  );
}

/** The choice between alternatives, and the fields of the chosen one. */
export function AlternativesTemplate({ selector, optionSchemaField }: MultiSchemaFieldTemplateProps) {
  return (
    <div className={styles.alternatives}>
      {selector}
      {optionSchemaField}
    </div>
  );
}

/** Heading of an alternative. Not a heading for machines: the page's order of headings must hold. */
export function TitleTemplate({ id, title }: TitleFieldProps) {
  return title ? (
    <div id={id} className={styles.legend}>
      {title}
    </div>
  ) : null;
}
