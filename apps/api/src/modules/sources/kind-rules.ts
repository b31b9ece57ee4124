import { minimatch } from 'minimatch';
import type { AllowedKind } from './parsing/allowed-kinds.ts';
import type { SourceDeclaration } from './source-row.repository.ts';

/** A rule as the configuration has it, in Backstage's form. */
export interface KindRule {
  allow: readonly (string | { kind: string; 'spec.type'?: string | undefined })[];
  locations?:
    readonly { type: string; exact?: string | undefined; pattern?: string | undefined }[] | undefined;
}

/** What the configuration says of allowed kinds. */
export interface KindRulesSettings {
  rules?: readonly KindRule[] | undefined;
  locations: readonly { type: string; target: string; rules?: readonly KindRule[] | undefined }[];
}

/** Decides which kinds a source may provide. */
export interface KindRules {
  /** Undefined: every kind that the catalog knows. */
  allowedFor(
    source: Pick<SourceDeclaration, 'type' | 'target' | 'origin'>,
  ): readonly AllowedKind[] | undefined;
}

/** Backstage's own default, where somebody wrote rules for single locations only. */
const BACKSTAGE_DEFAULT = ['Component', 'API', 'Location'];
/**
 * What may come from places that people, not the operator, decide about. Users and groups are not among it: whoever can
 * write to some repository could otherwise make himself a member of any team.
 */
const DEFAULT_FOR_OTHERS = [
  ...['Component', 'API', 'Location', 'System', 'Domain', 'Resource', 'Template', 'AiResource', 'Service'],
];

/**
 * Reads `catalog.rules` and the `rules` of locations with Backstage's meaning: all rules that speak of a location add
 * up, and the location is the one that a source begins at. Without any rule, the operator's own sources may provide
 * every kind, and those of others everything but people and teams.
 */
export function createKindRules({ rules, locations }: KindRulesSettings): KindRules {
  const ofLocations = locations.flatMap(({ type, target, rules: own = [] }) =>
    own.map((rule): KindRule => ({ allow: rule.allow, locations: [{ type, exact: target }] })),
  );
  const hasRules = rules !== undefined || ofLocations.length > 0;
  const all = [...(rules ?? [{ allow: BACKSTAGE_DEFAULT }]), ...ofLocations];
  return {
    allowedFor(source) {
      if (rules === undefined && isOfOthers(source)) return DEFAULT_FOR_OTHERS.map((kind) => ({ kind }));
      const isRestricted =
        rules !== undefined || (hasRules && ofLocations.some((rule) => speaksOf(rule, source)));
      if (!isRestricted || source.origin === 'demo') return undefined;
      return all.filter((rule) => speaksOf(rule, source)).flatMap(({ allow }) => allow.map(toAllowedKind));
    },
  };
}

/** Registered by a person, or found by a discovery: the content is that of some repository's owner. */
function isOfOthers({ origin }: Pick<SourceDeclaration, 'origin'>): boolean {
  return origin === 'api' || origin === 'discovery';
}

function speaksOf(rule: KindRule, { type, target }: Pick<SourceDeclaration, 'type' | 'target'>): boolean {
  if (rule.locations === undefined) return true;
  return rule.locations.some(
    (location) =>
      typesOf(type, target).includes(location.type) &&
      (location.exact === undefined || location.exact === target) &&
      (location.pattern === undefined || minimatch(target, location.pattern, { nocase: true, dot: true })),
  );
}

/** Backstage knows no Git sources: what it would read by URL may be named so in a rule. */
function typesOf(type: string, target: string): string[] {
  return /^https?:/.test(target) ? [type, 'url'] : [type];
}

function toAllowedKind(entry: KindRule['allow'][number]): AllowedKind {
  return typeof entry === 'string' ? { kind: entry } : { kind: entry.kind, specType: entry['spec.type'] };
}
