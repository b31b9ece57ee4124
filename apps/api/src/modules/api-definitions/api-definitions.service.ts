import { stringifyRef } from '@waymark/catalog-model';
import type { EndpointReply, getApiDefinitionChanges } from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { SerializedReply } from '../../platform/http/serialized-reply.ts';
import { entityNotFound, type EntityName } from '../catalog/index.ts';
import type { DefinitionReader } from './definition-reader.ts';
import type { DefinitionVersion, DefinitionVersions } from './definition-versions.ts';
import { formatOf } from './formats/definition-format.ts';

type Changes = EndpointReply<typeof getApiDefinitionChanges>;
type DefinedVersion = DefinitionVersion & { text: string };

/** What can be asked of the definitions of APIs. */
export interface ApiDefinitionsService {
  /** The definition with its model, as JSON text: a model is large and comes ready from the process that made it. */
  getDefinition(caller: Caller, name: EntityName): Promise<SerializedReply>;
  getChanges(
    caller: Caller,
    name: EntityName,
    versions: { from?: string | undefined; to?: string | undefined },
  ): Promise<Changes>;
}

export interface ApiDefinitionsServiceOptions {
  versions: DefinitionVersions;
  reader: Pick<DefinitionReader, 'read' | 'compare'>;
}

export function createApiDefinitionsService({
  versions,
  reader,
}: ApiDefinitionsServiceOptions): ApiDefinitionsService {
  return {
    async getDefinition(_caller, name) {
      const ref = stringifyRef(name);
      const version = definedVersion(ref, await versions.current(ref));
      const { text } = version;
      if (version.isPlaceholder) {
        const message = 'The definition stands in another file, which was not read; this is what names it.';
        return new SerializedReply(JSON.stringify({ format: 'text', text, problems: [{ message }] }));
      }
      const format = formatOf(version.type, text);
      const { modelJson, problems } = await reader.read(format, text);
      const model = modelJson === undefined ? '' : `"model":${modelJson},`;
      return new SerializedReply(
        `{"format":"${format}","text":${JSON.stringify(text)},${model}"problems":${JSON.stringify(problems)}}`,
      );
    },

    async getChanges(_caller, name, { from, to }) {
      const ref = stringifyRef(name);
      const chosen = to === undefined ? await versions.current(ref) : await versionById(ref, to);
      const after = definedVersion(ref, chosen);
      const before =
        from === undefined ? await versions.previousDifferent(ref, after) : await versionById(ref, from);
      const format = formatOf(after.type, after.text);
      if (before?.text === undefined) return { format, to: shownVersion(after), changes: [] };
      const earlier = { ...before, text: before.text };
      return {
        format,
        from: shownVersion(earlier),
        to: shownVersion(after),
        changes: await reader.compare(format, earlier.text, after.text),
      };
    },
  };

  async function versionById(ref: string, id: string): Promise<DefinitionVersion> {
    const version = await versions.byId(ref, id);
    if (version !== undefined) return version;
    throw new AppError(
      'catalog.version-not-found',
      `${ref} has no version ${JSON.stringify(id)}. Take the id of a version from the history of the entity.`,
    );
  }
}

function definedVersion(ref: string, version: DefinitionVersion | undefined): DefinedVersion {
  if (version === undefined) throw entityNotFound(ref);
  if (version.text !== undefined) return { ...version, text: version.text };
  throw new AppError(
    'catalog.no-definition',
    `${ref} has no spec.definition. Add the text of the definition to its file if it is an API.`,
  );
}

function shownVersion({ id, at, revision, text }: DefinedVersion): Changes['to'] {
  return { id, at, ...(revision === undefined ? {} : { revision }), text };
}
