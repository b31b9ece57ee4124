import type { RegistryFieldsType } from '@rjsf/utils';
import {
  EntityPickerField,
  MultiEntityPickerField,
  MyGroupsPickerField,
  OwnedEntityPickerField,
  OwnerPickerField,
} from './EntityFields.tsx';
import { RepoUrlPickerField } from './RepoUrlPicker.tsx';
import {
  EntityNamePickerField,
  EntityTagsPickerField,
  RepoBranchPickerField,
  RepoOwnerPickerField,
  SecretField,
} from './TextFields.tsx';

/** The fields that templates may name under `ui:field`: those of Backstage. */
export const formFields: RegistryFieldsType = {
  RepoUrlPicker: RepoUrlPickerField,
  OwnerPicker: OwnerPickerField,
  EntityPicker: EntityPickerField,
  OwnedEntityPicker: OwnedEntityPickerField,
  MyGroupsPicker: MyGroupsPickerField,
  MultiEntityPicker: MultiEntityPickerField,
  EntityTagsPicker: EntityTagsPickerField,
  EntityNamePicker: EntityNamePickerField,
  RepoBranchPicker: RepoBranchPickerField,
  RepoOwnerPicker: RepoOwnerPickerField,
  Secret: SecretField,
};

/** Their names. */
export const formFieldNames: ReadonlySet<string> = new Set(Object.keys(formFields));
