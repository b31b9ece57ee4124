import type { System, Team } from '../organisation/model.ts';
import { randomChoices } from '../random.ts';
import { imperfectionsOf } from './imperfections.ts';
import type { UndatedChange } from './component-changes.ts';
import { believableChanges, withComponent } from './component-changes.ts';
import type { Change, RepositoryState } from './repository-state.ts';
import { componentPath } from './system-files.ts';

/** The repository of a system as it is today. */
export function currentState(system: System, team: Team): RepositoryState {
  return {
    system,
    deliveredBy: team.delivery.by,
    hasRunbook: true,
    edits: imperfectionsOf(system.name).map(({ path, edit }) => ({ path, edit })),
  };
}

/** What happened in the repository over the last year, in no particular order. */
export function systemChanges(system: System, team: Team): Change<RepositoryState>[] {
  return [
    ...imperfectionChanges(system),
    ...deliveryChange(system, team),
    ...handovers(system),
    ...definitionChanges(system),
    ...smallChanges(system),
  ];
}

function imperfectionChanges(system: System): Change<RepositoryState>[] {
  return imperfectionsOf(system.name).map(({ path, message, weeksAgo }) => ({
    message,
    weeksAgo,
    team: system.owner,
    undo: (state) => ({ ...state, edits: state.edits.filter((edit) => edit.path !== path) }),
  }));
}

function deliveryChange(system: System, team: Team): Change<RepositoryState>[] {
  if (team.delivery.by === 'jenkins') return [];
  return [
    {
      message: 'Deploy with Argo CD instead of Jenkins',
      weeksAgo: team.delivery.sinceWeeksAgo,
      team: team.name,
      undo: (state) => ({ ...state, deliveredBy: 'jenkins' }),
    },
  ];
}

function handovers(system: System): Change<RepositoryState>[] {
  return system.components.flatMap(({ name, owner = system.owner, formerOwner }) => {
    if (formerOwner === undefined) return [];
    const undo = (state: RepositoryState): RepositoryState =>
      withComponent(state, name, (component) => ({ ...component, owner: formerOwner.team }));
    const message = `Take ${name} over from the ${formerOwner.team} team`;
    return [{ message, weeksAgo: formerOwner.weeksAgo, team: owner, undo }];
  });
}

function definitionChanges(system: System): Change<RepositoryState>[] {
  return system.apis.flatMap(({ name, formerDefinition }) => {
    if (formerDefinition === undefined) return [];
    const { definition, message, weeksAgo } = formerDefinition;
    const undo = (state: RepositoryState): RepositoryState => ({
      ...state,
      system: {
        ...state.system,
        apis: state.system.apis.map((api) => (api.name === name ? { ...api, definition } : api)),
      },
    });
    return [{ message, weeksAgo, team: system.owner, undo }];
  });
}

/** At most one small change a component, so that no two of them touch the same lines. */
function smallChanges(system: System): Change<RepositoryState>[] {
  const random = randomChoices(`history:${system.name}`);
  const spoiled = new Set(imperfectionsOf(system.name).map(({ path }) => path));
  const untouched = system.components.filter(
    (component) => component.formerOwner === undefined && !spoiled.has(componentPath(component)),
  );
  const perComponent = untouched
    .map((component) => believableChanges(component, system))
    .filter(({ length }) => length > 0);
  const chosen: UndatedChange[] = random
    .shuffle(perComponent)
    .slice(0, 3 + random.below(4))
    .map((changes) => random.pick(changes));
  const all = [runbookChange(system), ...chosen];
  return all.map((change) => ({ ...change, weeksAgo: 2 + random.below(48) }));
}

function runbookChange(system: System): UndatedChange {
  return {
    message: 'Write down what to do at night',
    team: system.owner,
    undo: (state) => ({ ...state, hasRunbook: false }),
  };
}
