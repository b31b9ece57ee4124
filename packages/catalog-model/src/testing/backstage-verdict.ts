import { createRequire } from 'node:module';
import {
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
  type Entity,
} from '@backstage/catalog-model';
import { isRecord } from '../entity-ref.ts';

interface KindValidator {
  check(entity: Entity): Promise<boolean>;
}

// The alpha entry of the package has no form that Node loads as an ES module.
const alpha = createRequire(import.meta.url)('@backstage/catalog-model/alpha') as Record<
  | 'mcpServerApiEntityValidator'
  | 'aiResourceEntityV1alpha1Validator'
  | 'skillAiResourceEntityV1alpha1Validator'
  | 'ruleAiResourceEntityV1alpha1Validator'
  | 'pluginAiResourceEntityV1alpha1Validator'
  | 'marketplaceAiResourceEntityV1alpha1Validator',
  KindValidator
>;

const policies = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

const validators: Record<string, KindValidator> = {
  API: apiEntityV1alpha1Validator,
  'API mcp-server': alpha.mcpServerApiEntityValidator,
  Component: componentEntityV1alpha1Validator,
  Domain: domainEntityV1alpha1Validator,
  Group: groupEntityV1alpha1Validator,
  Location: locationEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
  System: systemEntityV1alpha1Validator,
  User: userEntityV1alpha1Validator,
  AiResource: alpha.aiResourceEntityV1alpha1Validator,
  'AiResource skill': alpha.skillAiResourceEntityV1alpha1Validator,
  'AiResource rule': alpha.ruleAiResourceEntityV1alpha1Validator,
  'AiResource plugin': alpha.pluginAiResourceEntityV1alpha1Validator,
  'AiResource marketplace': alpha.marketplaceAiResourceEntityV1alpha1Validator,
};

/** The kinds that Backstage's own validators know. */
export const backstageKinds = new Set(Object.keys(validators).map((key) => key.split(' ')[0]));

/**
 * Why Backstage's default policies and kind validators refuse a value, or `undefined` when they accept it. What the
 * catalog itself sets is taken away first, since it is ignored in files.
 */
export async function backstageRefusal(
  value: unknown,
  options = { kinds: true },
): Promise<string | undefined> {
  try {
    const entity = await policies.enforce(withoutCatalogFields(value) as Entity);
    if (entity === undefined) return 'no policy accepts the value';
    if (!options.kinds) return undefined;
    const type: unknown = entity.spec?.['type'];
    const validator = validators[`${entity.kind} ${String(type)}`] ?? validators[entity.kind];
    const isAccepted = validator !== undefined && (await validator.check(entity));
    return isAccepted ? undefined : 'no validator knows the kind';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function withoutCatalogFields(value: unknown): unknown {
  const entity: unknown = structuredClone(value);
  if (!isRecord(entity)) return entity;
  delete entity['relations'];
  delete entity['status'];
  const { metadata } = entity;
  if (isRecord(metadata)) {
    delete metadata['uid'];
    delete metadata['etag'];
  }
  return entity;
}
