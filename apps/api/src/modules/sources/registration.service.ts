import { stringifyRef } from '@waymark/catalog-model';
import type {
  analyzeLocation,
  addLocation,
  EndpointReply,
  EndpointRequest,
  Location,
  previewSourceRemoval,
  queryLocations,
  Source,
  SourceAnalysis,
  SourceInput,
  updateSource,
} from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { RegistrationRepository, SourceChange } from './registration.repository.ts';
import { locationOf, pageOfLocations } from './locations.ts';
import type { SourceAnalyst } from './source-analyst.ts';
import type { SourceDeclaration } from './source-row.repository.ts';

/** What people do to the list of sources. */
export interface RegistrationService {
  analyze(caller: Caller, input: SourceInput): Promise<SourceAnalysis>;
  register(caller: Caller, input: SourceInput): Promise<Source>;
  update(caller: Caller, id: string, change: EndpointRequest<typeof updateSource>['body']): Promise<Source>;
  previewRemoval(caller: Caller, id: string): Promise<EndpointReply<typeof previewSourceRemoval>>;
  remove(caller: Caller, id: string): Promise<void>;
  locations(caller: Caller): Promise<Location[]>;
  location(caller: Caller, id: string): Promise<Location>;
  locationByEntity(
    caller: Caller,
    name: { kind: string; namespace: string; name: string },
  ): Promise<Location>;
  queryLocations(
    caller: Caller,
    query: EndpointRequest<typeof queryLocations>['body'],
  ): Promise<EndpointReply<typeof queryLocations>>;
  addLocation(
    caller: Caller,
    input: EndpointRequest<typeof addLocation>,
  ): Promise<EndpointReply<typeof addLocation>>;
  updateLocation(caller: Caller, id: string, input: LocationInput): Promise<Location>;
  deleteLocation(caller: Caller, id: string): Promise<void>;
  analyzeLocation(
    caller: Caller,
    input: EndpointRequest<typeof analyzeLocation>['body'],
  ): Promise<EndpointReply<typeof analyzeLocation>>;
}

interface LocationInput {
  type: string;
  target: string;
}

export interface RegistrationServiceOptions {
  registrations: RegistrationRepository;
  findSource: (id: string) => Promise<Source | undefined>;
  requestRead: (id: string, caller: Caller) => Promise<Source | undefined>;
  analyst: SourceAnalyst;
}

export function createRegistrationService(options: RegistrationServiceOptions): RegistrationService {
  const { registrations, analyst } = options;
  const findSource = (id: string) => (isSourceId(id) ? options.findSource(id) : Promise.resolve(undefined));
  const sourceOf = async (id: string) => (await findSource(id)) ?? missingSource(id);
  const locationSourceOf = async (id: string) =>
    (await findSource(id)) ?? missingLocation(`with the id ${id}`);

  async function add(declaration: SourceDeclaration, caller: Caller): Promise<Source> {
    const source = await registrations.register(declaration, caller);
    if (source) return source;
    throw alreadyExists(declaration);
  }

  async function change(source: Source, what: SourceChange, caller: Caller): Promise<Source> {
    const isOther = [what.target, what.branch, what.path].some((value) => value !== undefined);
    if (isOther) demandRegistered(source);
    const outcome = await registrations.change(source.id, what, caller);
    if (outcome === 'exists')
      throw alreadyExists({ type: source.type, target: what.target ?? source.target });
    if (outcome === 'declared') demandRegistered({ ...source, origin: 'config' });
    return outcome === 'missing' ? missingSource(source.id) : sourceOf(source.id);
  }

  async function remove(source: Source, caller: Caller): Promise<void> {
    demandRegistered(source);
    await registrations.remove(source, caller);
  }

  const urlDeclaration = ({ type, target }: LocationInput): SourceDeclaration => {
    if (type !== 'url') {
      throw new AppError(
        'catalog.source-not-allowed',
        `Locations of type "${type.slice(0, 50)}" cannot be registered; only type url can. Folders of the server are declared in its configuration.`,
      );
    }
    return { type, target: analyst.demandUrl(target), origin: 'api' };
  };

  return {
    analyze: (_caller, input) => analyst.analyze(input),
    async register(caller, input) {
      return add(await analyst.declarationOf(input), caller);
    },
    async update(caller, id, { isPaused, branch, path }) {
      return change(await sourceOf(id), { isPaused, branch, path }, caller);
    },
    async previewRemoval(_caller, id) {
      return registrations.previewRemoval((await sourceOf(id)).id);
    },
    async remove(caller, id) {
      await remove(await sourceOf(id), caller);
    },

    locations: async () => (await registrations.listLocations()).map(locationOf),
    location: async (_caller, id) => locationOf(await locationSourceOf(id)),
    async locationByEntity(_caller, name) {
      const ref = stringifyRef(name);
      const source = await registrations.findByEntity(ref);
      return source ? locationOf(source) : missingLocation(`that ${ref} comes from`);
    },
    async queryLocations(_caller, query) {
      return pageOfLocations((await registrations.listLocations()).map(locationOf), query);
    },

    async addLocation(caller, { query, body }) {
      const declaration = urlDeclaration(body);
      const { type, target } = declaration;
      const known = await registrations.findByDeclaration(declaration);
      if (query.dryRun !== 'true' && known && query.onConflict === 'refresh') {
        await options.requestRead(known.id, caller);
        return { location: locationOf(known), entities: [] };
      }
      if (query.dryRun !== 'true')
        return { location: locationOf(await add(declaration, caller)), entities: [] };
      return {
        location: locationOf({ id: `${type}:${target}`, type, target }),
        entities: await analyst.entitiesOf(declaration),
        exists: known !== undefined,
      };
    },
    async updateLocation(caller, id, input) {
      const { target } = urlDeclaration(input);
      const source = await locationSourceOf(id);
      if (source.type !== 'url') demandRegistered({ ...source, origin: 'config' });
      return locationOf(await change(source, { target }, caller));
    },
    async deleteLocation(caller, id) {
      await remove(await locationSourceOf(id), caller);
    },
    analyzeLocation: (_caller, input) => analyst.analyzeLocation(input),
  };
}

function isSourceId(id: string): boolean {
  return /^\d{1,18}$/.test(id);
}

function alreadyExists({ type, target }: Pick<SourceDeclaration, 'type' | 'target'>): AppError {
  return new AppError(
    'catalog.source-exists',
    `Location ${type}:${target} already exists. Refresh it instead.`,
  );
}

function missingSource(id: string): never {
  throw new AppError('catalog.source-not-found', `There is no source ${id}; see the list of sources.`);
}

function missingLocation(what: string): never {
  throw new AppError(
    'catalog.location-not-found',
    `There is no location ${what}. It may have been removed; see the list of locations.`,
  );
}

/** What the configuration or a discovery declares would come back. */
function demandRegistered({ origin, target }: Pick<Source, 'origin' | 'target'>): void {
  if (origin === 'api') return;
  throw new AppError(
    'catalog.source-not-removable',
    `${target} was not registered by a person. Change it in the configuration, or in the discovery that found it.`,
  );
}
