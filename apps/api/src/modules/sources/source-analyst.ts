import type {
  analyzeLocation,
  EndpointReply,
  EndpointRequest,
  PartialEntity,
  PreviewedEntity,
  SourceAnalysis,
  SourceInput,
  SourceProblem,
} from '@waymark/contracts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { AllowedHosts, Integrations } from '../../platform/outbound/index.ts';
import { withoutPassword } from '../../platform/shown-url.ts';
import {
  codeOwnerTeams,
  repositoryName,
  suggestDescriptor,
  type DescriptorSuggestion,
} from './descriptor-suggestion.ts';
import { HostPausedError } from './hosts/hosted-git.ts';
import { SourceReadError } from './readers/source-reader.ts';
import type { RepositoryHosts } from './readers/url/repository-hosts.ts';
import type { RepositoryPlace } from './readers/url/repository-url.ts';
import { REGISTERED_LOCATION } from './readers/url/url-reader.ts';
import type { RefHolder, RegistrationRepository } from './registration.repository.ts';
import { findInSource, type SourceAnalysisOptions, type SourceFindings } from './source-analysis.ts';
import type { SourceDeclaration } from './source-row.repository.ts';
import { demandReadable, resolveSourceInput, type ResolvedTarget } from './source-target.ts';

/** Where hosts look for it, in this order. */
const CODEOWNERS_PATHS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
const MAX_OWNERS = 20;

export interface SourceAnalystOptions extends SourceAnalysisOptions {
  registrations: Pick<RegistrationRepository, 'findByDeclaration' | 'holdersOf'>;
  hosts: AllowedHosts;
  integrations: Integrations;
  repositoryHosts: RepositoryHosts;
}

/** Looks at sources before they are registered. Nothing of it is written anywhere. */
export interface SourceAnalyst {
  /** The URL as it will be registered. @throws AppError for one that may not be read. */
  demandUrl(target: string): string;
  declarationOf(input: SourceInput): Promise<SourceDeclaration>;
  analyze(input: SourceInput): Promise<SourceAnalysis>;
  /** What reading a source would put into the catalog. @throws AppError when it cannot be read. */
  entitiesOf(declaration: SourceDeclaration): Promise<PartialEntity[]>;
  analyzeLocation(
    input: EndpointRequest<typeof analyzeLocation>['body'],
  ): Promise<EndpointReply<typeof analyzeLocation>>;
}

export function createSourceAnalyst(options: SourceAnalystOptions): SourceAnalyst {
  return new Analyst(options);
}

class Analyst implements SourceAnalyst {
  readonly #options: SourceAnalystOptions;

  constructor(options: SourceAnalystOptions) {
    this.#options = options;
  }

  demandUrl(target: string): string {
    demandReadable(target, this.#options);
    // As it was written, but for the blanks: it is what the person will look for, and the name of its Location.
    return target.trim();
  }

  async declarationOf(input: SourceInput): Promise<SourceDeclaration> {
    return declarationOf(await this.#resolve(input));
  }

  async analyze(input: SourceInput): Promise<SourceAnalysis> {
    const resolved = await this.#resolve(input);
    const declaration = declarationOf(resolved);
    const registered = await this.#options.registrations.findByDeclaration(declaration);
    const findings = await this.#findOrNothing(declaration, resolved);
    const suggestion = findings.files.length > 0 ? undefined : await this.#suggest(resolved);
    const { type, target, branch, path } = declaration;
    return {
      source: {
        ...{ type: type === 'git' ? 'git' : 'url', target },
        ...(branch === undefined ? {} : { branch }),
        ...(path === undefined ? {} : { path }),
      },
      ...(registered ? { registeredSourceId: registered.id } : {}),
      ...(findings.revision === '' ? {} : { revision: findings.revision }),
      files: findings.files.map(({ path: file, viewUrl, entityCount }) => ({
        ...{ path: file, entityCount },
        ...(viewUrl === undefined ? {} : { viewUrl }),
      })),
      entities: await this.#classify(findings),
      problems: findings.problems,
      isTruncated: findings.isTruncated,
      ...(suggestion ? { suggestion: { path: 'catalog-info.yaml', text: suggestion.text } } : {}),
    };
  }

  async entitiesOf(declaration: SourceDeclaration): Promise<PartialEntity[]> {
    const { entities, problems } = await readable(() => findInSource(toRead(declaration), this.#options));
    const [error] = problems.filter(({ level }) => level === 'error');
    if (error) {
      throw new AppError(
        'catalog.source-unreadable',
        `${error.path}:${error.line}: ${error.message} ${error.hint}`,
      );
    }
    return entities.map(({ entity }) => entity);
  }

  async analyzeLocation({
    location,
    catalogFilename,
  }: EndpointRequest<typeof analyzeLocation>['body']): Promise<EndpointReply<typeof analyzeLocation>> {
    if (location.type !== 'url') {
      throw new AppError('catalog.source-not-allowed', 'Only locations of type url can be looked at.');
    }
    const named = catalogFilename === undefined ? {} : { path: `**/${catalogFilename.replace(/^\/+/, '')}` };
    const resolved = await this.#resolve({ target: location.target, ...named });
    const findings = await this.#findOrNothing(declarationOf(resolved), resolved);
    const suggestion = findings.files.length > 0 ? undefined : await this.#suggest(resolved);
    const holders = await this.#options.registrations.holdersOf(findings.entities.map(({ ref }) => ref));
    return {
      existingEntityFiles: findings.entities.map(({ ref, entity, location: at }) => ({
        location: { type: 'url', target: at.replace(/^url:/, '') },
        isRegistered: holders.get(ref)?.location === at,
        entity,
      })),
      generateEntities: suggestion ? [{ entity: suggestion.entity, fields: suggestion.fields }] : [],
    };
  }

  #resolve(input: SourceInput): Promise<ResolvedTarget> {
    const { hosts, integrations } = this.#options;
    return readable(() =>
      resolveSourceInput(input, {
        ...{ hosts, integrations },
        defaultBranch: async (place) => (await this.#describe(place)).defaultBranch,
      }),
    );
  }

  /** A repository without a descriptor is a finding of its own, not an error. */
  async #findOrNothing(declaration: SourceDeclaration, { place }: ResolvedTarget): Promise<SourceFindings> {
    return readable(async () => {
      try {
        return withoutOwnLocation(await findInSource(toRead(declaration), this.#options));
      } catch (error) {
        const isEmpty =
          error instanceof SourceReadError &&
          error.code === 'url.missing' &&
          declaration.target.includes('*');
        if (!isEmpty || !place) throw error;
        // The host answers the same way for a repository that is not there.
        await this.#describe(place);
        return { revision: '', files: [], entities: [], problems: [], isTruncated: false };
      }
    });
  }

  async #describe({ integration, repository }: RepositoryPlace) {
    const { repositoryHosts } = this.#options;
    const description = await repositoryHosts
      .apiOf(integration)
      .describe(repository, new AbortController().signal);
    if (description) return description;
    throw new SourceReadError(
      'url.not-found',
      `There is no repository ${repository} on ${integration.host}.`,
      'Check the URL. A private repository answers the same way without a token under integrations.',
    );
  }

  async #suggest({ type, target, place }: ResolvedTarget): Promise<DescriptorSuggestion | undefined> {
    if (!place && type !== 'git') return undefined;
    if (!place) return suggestDescriptor({ description: { name: repositoryName(target) }, owner: undefined });
    return readable(async () => {
      const description = await this.#describe(place);
      const owner = await this.#ownerOf({ ...place, ref: place.ref ?? description.defaultBranch });
      const { integration, repository } = place;
      const { kind } = integration;
      const project = kind === 'waymark' ? {} : { project: { kind, repository } };
      return suggestDescriptor({ ...project, description, owner });
    });
  }

  /** The first owner of the whole repository that the catalog knows as a group. */
  async #ownerOf(place: RepositoryPlace & { ref: string }): Promise<string | undefined> {
    const { repositoryHosts, registrations } = this.#options;
    const { repository, ref } = place;
    const signal = new AbortController().signal;
    for (const path of CODEOWNERS_PATHS) {
      const api = repositoryHosts.apiOf(place.integration);
      const answer = await api.openFile({ repository, ref, path }, undefined, signal);
      if (!answer.ok) continue;
      const refs = codeOwnerTeams(await answer.text())
        .slice(0, MAX_OWNERS)
        .map((team) => `group:default/${team.toLowerCase()}`);
      const known = await registrations.holdersOf(refs);
      return refs.find((candidate) => known.has(candidate));
    }
    return undefined;
  }

  async #classify({ entities, problems }: SourceFindings): Promise<PreviewedEntity[]> {
    const refused = problems.filter(({ code }) => code === 'kind.not-allowed').flatMap(refusedEntity);
    const holders = await this.#options.registrations.holdersOf(entities.map(({ ref }) => ref));
    const found = entities.map(({ ref, entity, path, line, location }): PreviewedEntity => {
      const holder = holders.get(ref);
      const { type, owner } = entity.spec ?? {};
      return {
        ...{ ref, kind: entity.kind, name: entity.metadata.name, path, line },
        ...(entity.metadata.title === undefined ? {} : { title: entity.metadata.title }),
        ...(typeof type === 'string' ? { type } : {}),
        ...(typeof owner === 'string' ? { owner } : {}),
        outcome: holder === undefined ? 'new' : holder.location === location ? 'known' : 'conflict',
        ...(holder && holder.location !== location ? { holder: placeOf(holder) } : {}),
      };
    });
    return [...found, ...refused];
  }
}

/** Failures of the source are the caller's to mend. */
async function readable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HostPausedError) {
      throw new AppError('catalog.source-unreadable', error.message, { cause: error });
    }
    if (!(error instanceof SourceReadError)) throw error;
    const isForbidden = error.code.startsWith('outbound.') && /not-allowed|private|bad-url/.test(error.code);
    const code = isForbidden ? 'catalog.source-not-allowed' : 'catalog.source-unreadable';
    throw new AppError(code, `${error.message} ${error.hint}`, { cause: error });
  }
}

function declarationOf({ type, target, branch, path }: ResolvedTarget): SourceDeclaration {
  return {
    ...{ type, target, origin: 'api' },
    ...(branch === undefined ? {} : { branch }),
    ...(path === undefined ? {} : { path }),
  };
}

/** Nothing is known of it yet. */
function toRead(declaration: SourceDeclaration) {
  return {
    ...declaration,
    id: '0',
    shownTarget: withoutPassword(declaration.target),
    readOrdinal: 0,
    revision: undefined,
    fingerprint: undefined,
    parentId: undefined,
  };
}

/** The Location that registering makes is no finding. */
function withoutOwnLocation(findings: SourceFindings): SourceFindings {
  return {
    ...findings,
    files: findings.files.filter(({ path }) => path !== REGISTERED_LOCATION),
    entities: findings.entities.filter(({ path }) => path !== REGISTERED_LOCATION),
  };
}

function placeOf({ sourceId, sourceTarget, path, line }: RefHolder): PreviewedEntity['holder'] {
  return { sourceId, sourceTarget, path, line };
}

function refusedEntity({ entityRef, path, line }: SourceProblem): PreviewedEntity[] {
  const [, kind, name] = /^([^:]+):[^/]+\/(.+)$/.exec(entityRef ?? '') ?? [];
  if (entityRef === undefined || kind === undefined || name === undefined) return [];
  return [{ ref: entityRef, kind, name, path, line, outcome: 'not-allowed' }];
}
