import { StatusLabel } from '@waymark/ui';
import { useShownInstant } from '../as-of/AsOfScope.tsx';

/**
 * Marks a reference that the catalog does not have. Nothing while the past is shown: short facts are asked for now,
 * and what is gone since may have been there then.
 */
export function MissingLabel() {
  const asOf = useShownInstant();
  return asOf === undefined ? <StatusLabel tone="warning">Not in the catalog</StatusLabel> : null;
}
