import { commandKey } from '../../lib/browser/command-key.ts';

/** Keys of one place in the portal. */
export interface KeyGroup {
  title: string;
  keys: [keys: string, meaning: string][];
}

/** Every shortcut of the portal. A space between keys: one after the other; a plus: together. */
export const keyGroups: KeyGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      [`${commandKey}+K`, 'Search entities, pages and actions'],
      ['/', 'Put the cursor into the filter of the page'],
      ['g h', 'Go home'],
      ['g c', 'Go to the catalog'],
      ['g n', 'Create something new'],
      ['g t', 'Go to the teams'],
      ['g o', 'Go to the ownership checks'],
      ['g g', 'Go to the graph'],
      ['g f', 'Go to the search page'],
      ['g s', 'Go to the sources'],
      ['?', 'Show these keys'],
    ],
  },
  {
    title: 'In a list',
    keys: [
      ['j', 'Next row, like the down arrow'],
      ['k', 'Previous row, like the up arrow'],
      ['Enter', 'Open the row'],
      [`${commandKey}+Enter`, 'Open the row in a new tab'],
      ['→', 'To the next link or button of the row, ← back'],
      ['x', 'Select the row, like the space bar'],
      ['Shift+↓', 'Select up to the next row'],
      [`${commandKey}+A`, 'Select all rows that are loaded'],
      ['.', 'Open the actions of the row'],
      ['Esc', 'Give up the selection'],
    ],
  },
  {
    title: 'In a form',
    keys: [
      [`${commandKey}+Enter`, 'To the next step, or start the run'],
      ['Enter', 'The same from a field of one line'],
    ],
  },
  {
    title: 'In a graph',
    keys: [
      ['→', 'Along a relation to its target'],
      ['←', 'Back to what the relation comes from'],
      ['↓', 'Next entity, column by column'],
      ['↑', 'Previous entity'],
      ['Enter', 'Make the entity the start'],
      ['Esc', 'Leave the graph for the table'],
    ],
  },
  {
    title: 'In the search',
    keys: [
      ['↑', 'Previous result'],
      ['↓', 'Next result'],
      ['Enter', 'Open it'],
      [`${commandKey}+Enter`, 'Open it in a new tab'],
      ['Esc', 'Close'],
    ],
  },
];
