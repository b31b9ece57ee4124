import { createRunsService, type RunsService, type RunsServiceOptions } from './runs/runs.service.ts';
import {
  createTemplateEditingService,
  type TemplateEditingOptions,
  type TemplateEditingService,
} from './templates/template-editing.service.ts';
import {
  createTemplatesService,
  type TemplatesService,
  type TemplatesServiceOptions,
} from './templates/templates.service.ts';

export type ScaffolderServiceOptions = TemplatesServiceOptions & TemplateEditingOptions & RunsServiceOptions;

/** Templates, what it takes to write them, and their runs. */
export type ScaffolderService = TemplatesService & TemplateEditingService & RunsService;

export function createScaffolderService(options: ScaffolderServiceOptions): ScaffolderService {
  return {
    ...createTemplatesService(options),
    ...createTemplateEditingService(options),
    ...createRunsService(options),
  };
}
