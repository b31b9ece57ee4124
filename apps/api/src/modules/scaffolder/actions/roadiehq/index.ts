import type { TemplateEngine } from '../../engine/template-engine.ts';
import type { ScaffolderAction } from '../action.ts';
import { createJsonataActions } from './jsonata-actions.ts';
import { createMergeActions } from './merge-actions.ts';
import { createParseAction } from './parse-action.ts';
import { createReplaceAction } from './replace-action.ts';
import { createSerializeActions } from './serialize-actions.ts';
import { createSleepAction } from './sleep-action.ts';
import { writeActions } from './write-actions.ts';
import { zipAction } from './zip-action.ts';

/**
 * The actions of `@roadiehq/scaffolder-backend-module-utils` under their ids, since templates ask for them. What takes
 * as long as the author of a template wants is done by the engine, where it can be broken off.
 */
export function createRoadiehqActions(
  engine: Pick<TemplateEngine, 'document'>,
  limits: { maxWaitMs: number },
): ScaffolderAction[] {
  return [
    ...writeActions,
    createParseAction(engine),
    createReplaceAction(engine),
    ...createMergeActions(engine),
    ...createJsonataActions(engine),
    ...createSerializeActions(engine),
    createSleepAction(limits),
    zipAction,
  ];
}
