import type { DefinitionFormat } from '@waymark/contracts';
import { answerTasks } from '../../platform/isolation/isolated-task.ts';
import { compareDefinitions } from './changes/compare-definitions.ts';
import type { DefinitionAnswers, DefinitionTask, ReadDefinition } from './definition-task.ts';
import { readAsyncApi } from './formats/read-asyncapi.ts';
import { readGraphql } from './formats/read-graphql.ts';
import { readGrpc } from './formats/read-grpc.ts';
import { readOpenApi } from './formats/read-openapi.ts';

/** Runs in a process of its own: parses, or compares, definitions that anybody may have written. */
answerTasks<DefinitionTask, DefinitionAnswers[DefinitionTask['kind']]>(async (task) => {
  if (task.kind === 'compare') {
    return { changes: await compareDefinitions(task.format, task.before, task.after) };
  }
  const { model, problems } = await read(task.format, task.text);
  return { ...(model === undefined ? {} : { modelJson: JSON.stringify(model) }), problems };
});

async function read(format: DefinitionFormat, text: string): Promise<ReadDefinition> {
  switch (format) {
    case 'openapi':
      return readOpenApi(text);
    case 'asyncapi':
      return readAsyncApi(text);
    case 'graphql':
      return readGraphql(text);
    case 'grpc':
      return readGrpc(text);
    case 'text':
      return { problems: [] };
  }
}
