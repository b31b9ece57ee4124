import type { DefinitionFormat } from '@waymark/contracts';
import { compareDefinitions } from './changes/compare-definitions.ts';
import type { DefinitionAnswers, DefinitionTask, ReadDefinition } from './definition-task.ts';
import { readAsyncApi } from './formats/read-asyncapi.ts';
import { readGraphql } from './formats/read-graphql.ts';
import { readGrpc } from './formats/read-grpc.ts';
import { readOpenApi } from './formats/read-openapi.ts';

/** Entry point of the worker thread: parses, or compares, definitions that anybody may have written. */
// eslint-disable-next-line no-restricted-exports -- because the thread pool calls a module's default export
export default async function runDefinitionTask(
  task: DefinitionTask,
): Promise<DefinitionAnswers[DefinitionTask['kind']]> {
  if (task.kind === 'compare') {
    return { changes: await compareDefinitions(task.format, task.before, task.after) };
  }
  const { model, problems } = await read(task.format, task.text);
  return { ...(model === undefined ? {} : { modelJson: JSON.stringify(model) }), problems };
}

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
