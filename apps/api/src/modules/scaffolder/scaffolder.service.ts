import { createRunsService, type RunsService, type RunsServiceOptions } from './runs/runs.service.ts';
import {
  createTemplatesService,
  type TemplatesService,
  type TemplatesServiceOptions,
} from './templates/templates.service.ts';

export type ScaffolderServiceOptions = TemplatesServiceOptions & RunsServiceOptions;

/** Templates and their runs. */
export type ScaffolderService = TemplatesService & RunsService;

export function createScaffolderService(options: ScaffolderServiceOptions): ScaffolderService {
  return { ...createTemplatesService(options), ...createRunsService(options) };
}
