import { stringify } from 'yaml';
import { z } from 'zod';
import { parseRef, stringifyRef } from '@waymark/catalog-model';
import type { Entity } from '@waymark/contracts';
import type { Actor } from '../../../platform/auth/actor.ts';
import type { RegisteredSource } from '../../sources/index.ts';
import { ActionFailure, defineAction, textIn, type ActionContext, type ScaffolderAction } from './action.ts';

/** What actions need of the catalog. */
export interface ActionCatalog {
  /** Registers the file at a URL, unless it is, and reads it. */
  register(
    url: string,
    caller: { actor: Actor; taskId: string },
    signal: AbortSignal,
  ): Promise<RegisteredSource>;
  unregister(sourceId: string, caller: { actor: Actor; taskId: string }): Promise<void>;
  /** The entities of refs, as far as the catalog has them. */
  find(refs: readonly string[]): Promise<(Entity | undefined)[]>;
}

const entityRef = z.string().min(1).max(500);

/** Actions that read and write the catalog. */
export function createCatalogActions(catalog: ActionCatalog): ScaffolderAction[] {
  return [registerAction(catalog), writeAction, fetchAction(catalog)];
}

function registerAction(catalog: ActionCatalog): ScaffolderAction {
  return defineAction({
    id: 'catalog:register',
    description: 'Registers entities of a repository in the catalog, and waits until they are there.',
    input: z
      .object({
        catalogInfoUrl: z.string().max(2_000).optional().describe('URL of the file with the entities'),
        repoContentsUrl: z
          .string()
          .max(2_000)
          .optional()
          .describe('Output of the same name of a publish action'),
        catalogInfoPath: z.string().max(1_000).default('/catalog-info.yaml'),
        optional: z.boolean().default(false).describe('Go on when it cannot be registered'),
      })
      .refine((input) => (input.catalogInfoUrl === undefined) !== (input.repoContentsUrl === undefined), {
        error: 'give either catalogInfoUrl or repoContentsUrl',
      }),
    output: z.object({ entityRef: z.string().optional(), catalogInfoUrl: z.string() }),
    examples: [
      {
        description: 'Register what another step has published',
        example:
          'action: catalog:register\ninput:\n  repoContentsUrl: ${{ steps.publish.output.repoContentsUrl }}\n',
      },
    ],
    workspace: 'none',
    dryRun: 'skips',
    plan: (input) => [`Registers ${textIn(input, 'catalogInfoUrl') ?? 'the new repository'} in the catalog`],
    async run(input, context) {
      const url = input.catalogInfoUrl ?? fileUrl(input.repoContentsUrl ?? '', input.catalogInfoPath);
      const caller = { actor: context.actor, taskId: context.taskId };
      try {
        const registered = await registerOnce(catalog, url, caller, context);
        const main = mainEntity(registered.entities);
        if (main === undefined) throw nothingThere(url, registered.problem);
        context.log.info(`Registered ${url}: ${main}`);
        return { entityRef: main, catalogInfoUrl: url };
      } catch (error) {
        if (!input.optional || context.signal.aborted) throw error;
        context.log.warn(`Not registered: ${error instanceof Error ? error.message : String(error)}`);
        return { catalogInfoUrl: url };
      }
    },
    async undo({ details }, { actor }) {
      const { sourceId, isNew, taskId } = details;
      // What was registered before the run stays.
      if (isNew !== true || typeof sourceId !== 'string' || typeof taskId !== 'string') return;
      await catalog.unregister(sourceId, { actor, taskId });
    },
  });
}

async function registerOnce(
  catalog: ActionCatalog,
  url: string,
  caller: { actor: Actor; taskId: string },
  { effects, signal }: ActionContext,
): Promise<RegisteredSource> {
  let registered: RegisteredSource | undefined;
  const effect = {
    key: url,
    kind: 'registration',
    title: `Registration of ${url}`,
    details: { taskId: caller.taskId },
  } as const;
  await effects.once(effect, async ({ mayExist }) => {
    registered = await catalog.register(url, caller, signal);
    const { sourceId, isNew } = registered;
    // Of a try that was broken off nobody knows; and only this run can have registered what is new.
    return { url, details: { sourceId, isNew: isNew || mayExist, taskId: caller.taskId } };
  });
  return registered ?? catalog.register(url, caller, signal);
}

/** Backstage's choice: the first component that is not generated, else the first such entity, else the first. */
function mainEntity(entities: RegisteredSource['entities']): string | undefined {
  const written = entities.filter(({ name }) => !name.startsWith('generated-'));
  return (written.find(({ kind }) => kind.toLowerCase() === 'component') ?? written[0] ?? entities[0])?.ref;
}

function fileUrl(contentsUrl: string, path: string): string {
  return `${contentsUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

function nothingThere(url: string, problem: string | undefined): ActionFailure {
  return new ActionFailure(
    `${url} brought no entity into the catalog${problem === undefined ? '' : `: ${problem}`}`,
    'Open the file and correct what the source page says of it; then retry the run.',
  );
}

const writeAction = defineAction({
  id: 'catalog:write',
  description: 'Writes an entity to a file of the workspace.',
  input: z.object({
    entity: z.record(z.string(), z.json()),
    filePath: z.string().min(1).max(1_000).default('catalog-info.yaml'),
  }),
  output: z.object({}),
  examples: [
    {
      description: 'Write a component',
      example:
        'action: catalog:write\ninput:\n  entity:\n    apiVersion: backstage.io/v1alpha1\n    kind: Component\n    metadata:\n      name: ${{ parameters.name }}\n    spec:\n      type: service\n      lifecycle: experimental\n      owner: ${{ parameters.owner }}\n',
    },
  ],
  workspace: 'write',
  async run({ entity, filePath }, { workspace, log, provenance }) {
    await workspace.write(filePath, Buffer.from(stringify(withOrigin(entity, provenance.templateRef))));
    log.info(`Wrote ${filePath}`);
    return {};
  },
});

/** Says which template made it, as Backstage does, unless the template says something else. */
function withOrigin(entity: Record<string, z.core.util.JSONType>, templateRef: string) {
  const metadata = z.looseObject({}).safeParse(entity['metadata']).data ?? {};
  const annotations = z.looseObject({}).safeParse(metadata['annotations']).data ?? {};
  return {
    ...entity,
    metadata: { ...metadata, annotations: { 'backstage.io/source-template': templateRef, ...annotations } },
  };
}

function fetchAction(catalog: ActionCatalog): ScaffolderAction {
  return defineAction({
    id: 'catalog:fetch',
    description: 'Reads entities of the catalog.',
    input: z
      .object({
        entityRef: entityRef.optional(),
        entityRefs: z.array(entityRef).max(100).optional(),
        optional: z.boolean().default(false).describe('Go on when one is missing'),
        defaultKind: z.string().max(100).optional(),
        defaultNamespace: z.string().max(100).optional(),
      })
      .refine((input) => (input.entityRef === undefined) !== (input.entityRefs === undefined), {
        error: 'give either entityRef or entityRefs',
      }),
    output: z.object({ entity: z.json().optional(), entities: z.array(z.json()).optional() }),
    examples: [
      {
        description: 'Read one entity',
        example: 'action: catalog:fetch\ninput:\n  entityRef: component:default/shop\n',
      },
    ],
    workspace: 'none',
    async run(input, { log }) {
      const refs = [input.entityRef ?? input.entityRefs ?? []].flat().map((ref) => canonical(ref, input));
      const found = await catalog.find(refs);
      const missing = refs.filter((_, index) => found[index] === undefined);
      if (missing.length > 0 && !input.optional) {
        throw new ActionFailure(
          `The catalog has no ${missing.join(', ')}.`,
          'Correct the reference, or set optional: true to go on without.',
        );
      }
      if (missing.length > 0) log.warn(`The catalog has no ${missing.join(', ')}`);
      // Entities are JSON: they come out of the database so.
      const entities = found.map((entity) => (entity ?? null) as z.core.util.JSONType);
      return input.entityRef === undefined ? { entities } : { entity: entities[0] ?? null };
    },
  });
}

function canonical(
  ref: string,
  defaults: { defaultKind?: string | undefined; defaultNamespace?: string | undefined },
): string {
  const { defaultKind, defaultNamespace = 'default' } = defaults;
  try {
    return stringifyRef(parseRef(ref, { ...(defaultKind && { defaultKind }), defaultNamespace }));
  } catch (error) {
    throw new ActionFailure(
      error instanceof Error ? error.message : `${ref} is no reference.`,
      'Write it as kind:namespace/name, or give defaultKind.',
    );
  }
}
