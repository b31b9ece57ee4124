import type { ReadDefinition } from '../definition-task.ts';
import { safeDocument } from './safe-document.ts';
import { isNode, readStructuredText, referenceProblems, type Node } from './structured-text.ts';

/** Reads OpenAPI 3.0 and 3.1 and Swagger 2.0 for the viewer: the document itself, made safe. */
export function readOpenApi(text: string): ReadDefinition {
  const document = readStructuredText(text);
  if (document.root === undefined) return document;
  const { root, references } = document;
  const version = versionProblem(root);
  if (version !== undefined) return { problems: [{ message: version, line: 1 }] };
  const problems = [...missingParts(root), ...referenceProblems(root, references)];
  return { model: safeDocument(root), problems };
}

function versionProblem(root: Node): string | undefined {
  const version = root['openapi'] ?? root['swagger'];
  if (version === undefined)
    return 'The definition does not say which version of OpenAPI it is: "openapi" is missing.';
  // An unquoted 3.0 or 2.0 is a number.
  const written =
    typeof version === 'number' ? version.toFixed(1) : typeof version === 'string' ? version : '';
  if (/^3\.[01](?:\.|$)/.test(written) && 'openapi' in root) return undefined;
  if (written === '2.0' && 'swagger' in root) return undefined;
  return `The version ${JSON.stringify(version)} of OpenAPI cannot be shown; 2.0, 3.0 and 3.1 can.`;
}

function missingParts(root: Node): { message: string }[] {
  const problems: { message: string }[] = [];
  const info = root['info'];
  if (!isNode(info)) problems.push({ message: '"info" with a title and a version is missing.' });
  else if (typeof info['title'] !== 'string') problems.push({ message: '"info.title" is missing.' });
  const hasOperations = isNode(root['paths']) || isNode(root['webhooks']) || isNode(root['components']);
  if (!hasOperations) problems.push({ message: '"paths" is missing: the definition has no operations.' });
  return problems;
}
