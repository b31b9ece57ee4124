import { parseAsString, useQueryState } from 'nuqs';
import type { FormPage } from './form-pages.ts';

const reviewAddress = 'review';

/** Where somebody is in a form: on one of its pages, or at the review. */
export type WizardPlace = FormPage | 'review';

/** The place in the form that the address names, and how to go to another. Back and forward move between places. */
export function usePageAddress(pages: readonly FormPage[]) {
  const [address, setAddress] = useQueryState(
    'page',
    parseAsString.withDefault('1').withOptions({ shallow: false }),
  );
  const wanted = Number(address);
  // A page whose condition does not hold any more leads to the next one that is shown.
  const page = address === reviewAddress ? undefined : pages.find(({ number }) => number >= wanted);
  const place: WizardPlace = page ?? 'review';
  return {
    place,
    goTo: (next: WizardPlace, { isReplacing = false } = {}) =>
      void setAddress(addressOf(next), { history: isReplacing ? 'replace' : 'push' }),
  };
}

/** How the address names a place. */
export function addressOf(place: WizardPlace): string {
  return place === 'review' ? reviewAddress : String(place.number);
}
