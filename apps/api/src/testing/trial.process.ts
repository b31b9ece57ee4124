import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { answerTasks } from '../platform/isolation/isolated-task.ts';

/** What the tests of isolated processes ask of theirs. */
export type TrialTask =
  | { kind: 'echo'; value: unknown }
  | { kind: 'loop' | 'fill-memory' | 'throw' | 'exit-after' | 'environment' | 'pid' }
  | { kind: 'read' | 'write' | 'start'; path: string };

answerTasks<TrialTask, unknown>((task) => {
  switch (task.kind) {
    case 'echo':
      return task.value;
    case 'loop':
      for (;;);
    case 'fill-memory': {
      // In steps that double: no limit is met between two of them.
      let list = [1, 2, 3];
      for (;;) list = [...list, ...list];
    }
    case 'throw':
      throw new TypeError('This cannot be.');
    case 'exit-after':
      setImmediate(() => process.exit(1));
      return 'soon gone';
    case 'environment':
      return Object.keys(process.env);
    case 'pid':
      return process.pid;
    case 'read':
      return readFileSync(task.path, 'utf8');
    case 'write':
      return writeFileSync(task.path, 'written');
    case 'start':
      return spawnSync(task.path).status;
  }
});
