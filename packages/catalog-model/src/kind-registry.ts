import { entityKindSchemaValidator, makeValidator } from '@backstage/catalog-model';
import { coreKinds, commonRelations, type JsonSchema, type KindDefinition } from './core-kinds.ts';
import { nearestWord } from './near-miss.ts';
import type { Finding } from './problem.ts';
import type { RelationField } from './relations.ts';
import { createSchemaDiagnosis, metadataFields } from './schema-diagnosis.ts';

/** A kind that an operator allows beside the core kinds. */
export interface CustomKind {
  apiVersion: string;
  kind: string;
  /**
   * JSON Schema (draft 7) of the whole entity, checked after the rules that hold for every entity. It may refer to
   * `Entity`, `EntityMeta` and `EntityEnvelope`. Without one, any `spec` is accepted.
   */
  schema?: object;
}

/** How entities of one kind are checked and read. */
export interface KindRule {
  kind: string;
  isCustom: boolean;
  relations: readonly RelationField[];
  /** Everything in which the entity breaks the schema of its kind; empty when it is valid. */
  findSchemaProblems(entity: unknown): Finding[];
  /** The known key that a key of `spec` or `metadata` was probably meant to be; `undefined` for custom kinds. */
  nearestField(parent: 'spec' | 'metadata', key: string): string | undefined;
}

/** The kinds that a catalog accepts. Make it once with {@link createKindRegistry}; it holds compiled schemas. */
export interface KindRegistry {
  /** Every accepted pair, in the order of definition. */
  readonly kinds: readonly { apiVersion: string; kind: string; isCustom: boolean }[];
  /** The rule for an entity; by exact case, as Backstage does. */
  find(apiVersion: string, kind: string, specType?: unknown): KindRule | undefined;
}

const formats = makeValidator();

/**
 * Builds the registry of the core kinds and the given ones.
 *
 * @throws an `Error` that names the kind and says what is wrong when a custom kind has a malformed apiVersion or
 * kind, repeats or nearly repeats (but for case) another kind, or has a schema that does not compile.
 */
export function createKindRegistry(customKinds: readonly CustomKind[] = []): KindRegistry {
  const rules = new Map<string, KindRule>();
  const kinds: { apiVersion: string; kind: string; isCustom: boolean }[] = [];
  for (const definition of coreKinds) {
    const rule = createKindRule(definition, specSchemaOf(definition), false);
    for (const apiVersion of definition.apiVersions) {
      rules.set(ruleKey(apiVersion, definition.kind, definition.specType), rule);
      if (definition.specType === undefined)
        kinds.push({ apiVersion, kind: definition.kind, isCustom: false });
    }
  }
  customKinds.forEach((custom, index) => {
    checkCustomKind(custom, index, kinds);
    const { apiVersion, kind } = custom;
    rules.set(ruleKey(apiVersion, kind), createCustomRule(custom, index));
    kinds.push({ apiVersion, kind, isCustom: true });
  });
  return {
    kinds,
    find: (apiVersion, kind, specType) =>
      (typeof specType === 'string' ? rules.get(ruleKey(apiVersion, kind, specType)) : undefined) ??
      rules.get(ruleKey(apiVersion, kind)),
  };
}

function ruleKey(apiVersion: string, kind: string, specType = ''): string {
  return `${apiVersion}\n${kind}\n${specType}`;
}

function specSchemaOf(definition: KindDefinition): JsonSchema {
  return { type: 'object', required: ['spec'], properties: { spec: definition.spec } };
}

function createKindRule(
  definition: Pick<KindDefinition, 'kind' | 'relations' | 'spec'>,
  ownSchema: JsonSchema | undefined,
  isCustom: boolean,
): KindRule {
  const schema = { allOf: [{ $ref: 'Entity' }, ...(ownSchema === undefined ? [] : [ownSchema])] };
  const known = { spec: knownSpecFields(definition), metadata: knownMetadataFields };
  return {
    kind: definition.kind,
    isCustom,
    relations: definition.relations,
    findSchemaProblems: createSchemaCheck(schema),
    nearestField: (parent, key) =>
      isCustom || known[parent].has(key) ? undefined : nearestWord(key, known[parent]),
  };
}

const knownMetadataFields = new Set([...Object.keys(metadataFields), 'uid', 'etag']);

function knownSpecFields({ spec }: Pick<KindDefinition, 'spec'>): Set<string> {
  const properties = spec?.['properties'];
  return new Set(typeof properties === 'object' && properties !== null ? Object.keys(properties) : []);
}

/** The library's validator decides (compiled when first needed); the diagnosis only says in what the entity fails. */
function createSchemaCheck(schema: JsonSchema): KindRule['findSchemaProblems'] {
  const diagnose = createSchemaDiagnosis(schema);
  let validate: ReturnType<typeof entityKindSchemaValidator> | undefined;
  return (entity) => {
    validate ??= entityKindSchemaValidator(schema);
    try {
      if (validate(entity) !== false) return [];
      return withFallback(diagnose(entity), 'The apiVersion or kind is not the one that the schema names.');
    } catch (error) {
      return withFallback(diagnose(entity), error instanceof Error ? error.message : String(error));
    }
  };
}

function withFallback(findings: Finding[], message: string): Finding[] {
  if (findings.length > 0) return findings;
  const hint = 'Compare the entity with the schema of its kind.';
  return [{ level: 'error', code: 'entity.invalid', message, hint, path: [], at: 'value' }];
}

function checkCustomKind(
  { apiVersion, kind }: CustomKind,
  index: number,
  known: readonly { apiVersion: string; kind: string }[],
): void {
  const which = `Custom kind ${index + 1} (${apiVersion}, ${kind})`;
  if (!formats.isValidApiVersion(apiVersion)) {
    throw new Error(
      `${which}: apiVersion must look like "example.com/v1", not ${JSON.stringify(apiVersion)}.`,
    );
  }
  if (!formats.isValidKind(kind)) {
    throw new Error(
      `${which}: kind must be letters and digits beginning with a letter, not ${JSON.stringify(kind)}.`,
    );
  }
  if (known.some((other) => other.apiVersion === apiVersion && other.kind === kind)) {
    throw new Error(`${which}: this apiVersion and kind are defined already; remove one of the two.`);
  }
  const twin = known.find((other) => other.kind !== kind && other.kind.toLowerCase() === kind.toLowerCase());
  if (twin !== undefined) {
    throw new Error(
      `${which}: the kind differs from "${twin.kind}" only in case, and references do not tell them apart.`,
    );
  }
}

function createCustomRule({ apiVersion, kind, schema }: CustomKind, index: number): KindRule {
  const definition = { kind, relations: commonRelations };
  if (schema === undefined) return createKindRule(definition, undefined, true);
  // An $id of its own keeps the schema's "#/definitions/…" references inside it. $schema may stand only at a root.
  const own: JsonSchema = { $id: `custom-kind-${index + 1}`, ...schema };
  delete own['$schema'];
  try {
    // Compiles now, so that a bad schema stops the start and not the first entity that needs it.
    entityKindSchemaValidator({ allOf: [{ $ref: 'Entity' }, own] });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Custom kind ${index + 1} (${apiVersion}, ${kind}): its schema cannot be used: ${reason}.`,
      {
        cause: error,
      },
    );
  }
  return createKindRule(definition, own, true);
}
