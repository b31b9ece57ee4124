import { isJsonObject } from './schema/json.ts';

/** Words on the buttons of a form. */
export interface ButtonWords {
  back: string;
  next: string;
  review: string;
  create: string;
}

/** The words that a template gives the buttons, and the usual ones where it gives none. */
export function buttonWords(presentation: Record<string, unknown> | undefined): ButtonWords {
  const labels = isJsonObject(presentation?.['buttonLabels']) ? presentation['buttonLabels'] : {};
  const word = (key: string, usual: string) => {
    const label = labels[key];
    return typeof label === 'string' && label.trim() !== '' ? label : usual;
  };
  return {
    back: word('backButtonText', 'Back'),
    next: 'Next',
    review: word('reviewButtonText', 'Review'),
    create: word('createButtonText', 'Create'),
  };
}
