import { useQuery } from '@tanstack/react-query';
import { parseRef } from '../../../../lib/entities/entity-ref.ts';
import { portalInfoQuery } from '../../../../lib/portal-info.queries.ts';
import { entityChoicesQueries } from './entity-choices.queries.ts';

/** Names of the groups that the person who fills in the form is a member of. */
export function useMyGroupNames(): string[] {
  const { data: portal } = useQuery(portalInfoQuery());
  const me = portal?.actor.ref;
  const { data: groups = [] } = useQuery({
    ...entityChoicesQueries.groupsOf(me ?? ''),
    enabled: me !== undefined,
  });
  return groups.map((group) => parseRef(group).name);
}
