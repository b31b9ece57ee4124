import type { Component, System } from '../organisation/model.ts';
import type { Change, RepositoryState } from './repository-state.ts';

/** A change whose time is not decided yet. */
export type UndatedChange = Omit<Change<RepositoryState>, 'weeksAgo'>;

/** Every change that may believably have led to what a component is now, newest state first. */
export function believableChanges(component: Component, system: System): UndatedChange[] {
  const { name, dependsOn, consumes } = component;
  const earlier = (message: string, undo: (component: Component) => Component): UndatedChange => ({
    message,
    team: component.owner ?? system.owner,
    undo: (state) => withComponent(state, name, undo),
  });
  const changes: UndatedChange[] = [];
  const lastDependency = dependsOn.at(-1);
  if (lastDependency !== undefined && dependsOn.length > 1) {
    changes.push(
      earlier(`Declare that ${name} depends on ${nameOf(lastDependency)}`, (now) => ({
        ...now,
        dependsOn: now.dependsOn.slice(0, -1),
      })),
    );
  }
  const lastApi = consumes.at(-1);
  if (lastApi !== undefined) {
    changes.push(
      earlier(`Record that ${name} calls ${lastApi}`, (now) => ({
        ...now,
        consumes: now.consumes.slice(0, -1),
      })),
    );
  }
  return [...changes, ...lifecycleChanges(component, earlier), ...additions(component, system)];
}

function lifecycleChanges(
  component: Component,
  earlier: (message: string, undo: (component: Component) => Component) => UndatedChange,
): UndatedChange[] {
  const { name, lifecycle, tier, replacedBy } = component;
  if (lifecycle === 'deprecated') {
    const message = replacedBy ? `Deprecate ${name} in favour of ${replacedBy}` : `Deprecate ${name}`;
    return [earlier(message, (now) => ({ ...now, lifecycle: 'production', replacedBy: undefined }))];
  }
  if (lifecycle === 'experimental') return [];
  return [
    earlier(`Promote ${name} to production`, (now) => ({ ...now, lifecycle: 'experimental' })),
    ...(tier === 1 ? [earlier(`Put ${name} on call: it is tier 1 now`, (now) => ({ ...now, tier: 2 }))] : []),
  ];
}

/** A component may have come later when nothing else in its system refers to it. */
function additions(component: Component, system: System): UndatedChange[] {
  const { name } = component;
  const isNeeded = system.components.some(
    (other) =>
      other.partOf === name || other.replacedBy === name || other.dependsOn.includes(`component:${name}`),
  );
  if (isNeeded || component.provides.length > 0) return [];
  const undo = (state: RepositoryState): RepositoryState => ({
    ...state,
    system: { ...state.system, components: state.system.components.filter((other) => other.name !== name) },
  });
  return [{ message: `Add ${name} to the catalog`, team: component.owner ?? system.owner, undo }];
}

/** The state with one of its components replaced. */
export function withComponent(
  state: RepositoryState,
  name: string,
  replace: (component: Component) => Component,
): RepositoryState {
  const components = state.system.components.map((component) =>
    component.name === name ? replace(component) : component,
  );
  return { ...state, system: { ...state.system, components } };
}

function nameOf(reference: string): string {
  return reference.slice(reference.indexOf(':') + 1);
}
