import { demandPermission, type Can } from '../../platform/auth/authorize.ts';
import type { ScaffolderService } from './scaffolder.service.ts';

/** The same service, for those who may. */
export function withScaffolderPolicy(service: ScaffolderService, can: Can): ScaffolderService {
  return {
    async actions(caller) {
      demandPermission(can, caller, 'scaffolder.action.read');
      return service.actions(caller);
    },
    async extensions(caller) {
      demandPermission(can, caller, 'scaffolder.action.read');
      return service.extensions(caller);
    },
    async parameterSchema(caller, name) {
      demandPermission(can, caller, 'scaffolder.template.parameter.read');
      return service.parameterSchema(caller, name);
    },
    async listTemplates(caller) {
      demandPermission(can, caller, 'scaffolder.template.parameter.read');
      return service.listTemplates(caller);
    },
    async template(caller, name) {
      demandPermission(can, caller, 'scaffolder.template.parameter.read');
      return service.template(caller, name);
    },
    async templateFiles(caller, name, signal) {
      demandPermission(can, caller, 'scaffolder.template.parameter.read');
      return service.templateFiles(caller, name, signal);
    },
    async checkDraft(caller, input, signal) {
      demandPermission(can, caller, 'scaffolder.template.dry-run');
      return service.checkDraft(caller, input, signal);
    },
    async hosts(caller) {
      demandPermission(can, caller, 'scaffolder.template.parameter.read');
      return service.hosts(caller);
    },
    async plan(caller, input) {
      demandPermission(can, caller, 'scaffolder.task.create');
      return service.plan(caller, input);
    },
    async preview(caller, input, signal) {
      demandPermission(can, caller, 'scaffolder.task.create');
      return service.preview(caller, input, signal);
    },
    async previewTemplate(caller, name, signal) {
      demandPermission(can, caller, 'scaffolder.task.create');
      return service.previewTemplate(caller, name, signal);
    },
    async start(caller, input, idempotencyKey) {
      demandPermission(can, caller, 'scaffolder.task.create');
      return service.start(caller, input, idempotencyKey);
    },
    async dryRun(caller, input, signal) {
      demandPermission(can, caller, 'scaffolder.template.dry-run');
      return service.dryRun(caller, input, signal);
    },
    async listTasks(caller, query) {
      demandPermission(can, caller, 'scaffolder.task.read');
      return service.listTasks(caller, query);
    },
    async task(caller, taskId) {
      demandPermission(can, caller, 'scaffolder.task.read');
      return service.task(caller, taskId);
    },
    async listRuns(caller, query) {
      demandPermission(can, caller, 'scaffolder.task.read');
      return service.listRuns(caller, query);
    },
    async run(caller, taskId) {
      demandPermission(can, caller, 'scaffolder.task.read');
      return service.run(caller, taskId);
    },
    async events(caller, taskId, after) {
      demandPermission(can, caller, 'scaffolder.task.read');
      return service.events(caller, taskId, after);
    },
    async cancel(caller, taskId) {
      demandPermission(can, caller, 'scaffolder.task.cancel');
      return service.cancel(caller, taskId);
    },
    async retry(caller, taskId, secrets) {
      demandPermission(can, caller, 'scaffolder.task.create');
      return service.retry(caller, taskId, secrets);
    },
    async undo(caller, taskId) {
      demandPermission(can, caller, 'scaffolder.task.cancel');
      return service.undo(caller, taskId);
    },
    async noteVisit(caller, visitId, visit) {
      demandPermission(can, caller, 'scaffolder.task.create');
      return service.noteVisit(caller, visitId, visit);
    },
  };
}
