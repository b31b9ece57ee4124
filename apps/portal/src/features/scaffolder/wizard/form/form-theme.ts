import type { ThemeProps } from '@rjsf/core';
// Not by the door of the package, which brings a calendar that no form needs.
import templates from '@rjsf/mantine/lib/templates/index.js';
import FileWidget from '@rjsf/mantine/lib/widgets/FileWidget.js';
import type { FormValues } from '../schema/form-validator.ts';
import { CheckboxesWidget, CheckboxWidget, RadioWidget, SelectWidget } from '../widgets/ChoiceWidgets.tsx';
import { ColorWidget, DateTimeWidget, DateWidget, RangeWidget, TimeWidget } from '../widgets/PickWidgets.tsx';
import { BaseInput, PasswordWidget, TextareaWidget } from '../widgets/TextWidgets.tsx';
import { withHelp } from '../widgets/with-help.tsx';
import { ErrorSummary } from './ErrorSummary.tsx';
import {
  AddButton,
  AlternativesTemplate,
  ArrayItemTemplate,
  ArrayTemplate,
  FieldTemplate,
  ObjectTemplate,
  TitleTemplate,
} from './form-parts.tsx';

/** The library's theme for Mantine in the look of the portal: help below the field, nothing passed on unchecked. */
export const formTheme: ThemeProps<FormValues> = {
  templates: {
    ...templates,
    BaseInputTemplate: BaseInput,
    FieldTemplate,
    ObjectFieldTemplate: ObjectTemplate,
    ArrayFieldTemplate: ArrayTemplate,
    ArrayFieldItemTemplate: ArrayItemTemplate,
    MultiSchemaFieldTemplate: AlternativesTemplate,
    TitleFieldTemplate: TitleTemplate,
    ErrorListTemplate: ErrorSummary,
    // What is wrong is told by the fields themselves.
    FieldErrorTemplate: () => null,
    FieldHelpTemplate: () => null,
    ButtonTemplates: { ...templates.ButtonTemplates, AddButton },
  },
  widgets: {
    FileWidget: withHelp(FileWidget),
    TextareaWidget,
    PasswordWidget,
    SelectWidget,
    RadioWidget,
    CheckboxWidget,
    CheckboxesWidget,
    RangeWidget,
    ColorWidget,
    DateWidget,
    DateTimeWidget,
    TimeWidget,
    AltDateWidget: DateWidget,
    AltDateTimeWidget: DateTimeWidget,
  },
};
