import { describe, expect, it } from 'vitest';
import type { Permission } from '@waymark/contracts';
import { withScaffolderPolicy } from './scaffolder.policy.ts';
import type { ScaffolderService } from './scaffolder.service.ts';

const caller = { actor: { ref: 'user:default/somebody' }, requestId: 'test' };

/** A service of which every method notes that it was reached. */
function noting(reached: string[]): ScaffolderService {
  return new Proxy({} as ScaffolderService, {
    // Every member is a method.
    get: (_, name) => async () => {
      reached.push(String(name));
    },
  });
}

describe('the policy of the scaffolder', () => {
  it.each([
    ['start', 'scaffolder.task.create'],
    ['dryRun', 'scaffolder.template.dry-run'],
    ['plan', 'scaffolder.task.create'],
    ['preview', 'scaffolder.task.create'],
    ['retry', 'scaffolder.task.create'],
    ['cancel', 'scaffolder.task.cancel'],
    ['undo', 'scaffolder.task.cancel'],
    ['events', 'scaffolder.task.read'],
  ] as const)('asks for a permission before anything else: %s needs %s', async (method, permission) => {
    const reached: string[] = [];
    const call = (can: (asked: Permission) => boolean) => {
      const service = withScaffolderPolicy(noting(reached), (_, asked) => can(asked));
      // Each method takes the caller first; what follows is the service's business.
      return (service[method] as (...input: unknown[]) => Promise<unknown>)(caller, {}, undefined);
    };
    await expect(call((asked) => asked !== permission)).rejects.toMatchObject({ code: 'actor.forbidden' });
    expect(reached).toEqual([]);
    await call((asked) => asked === permission);
    expect(reached).toEqual([method]);
  });
});
