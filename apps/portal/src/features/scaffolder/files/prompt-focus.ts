import type { FeatureImplementation } from '@headless-tree/core';

/**
 * The focus of the page follows the arrows at once. Left to itself the tree moves it 20 ms later or more, for rows that
 * have to be scrolled to before they are drawn, and takes it back from where somebody has gone meanwhile.
 */
export const promptFocus: FeatureImplementation = {
  key: 'prompt-focus',
  overwrites: ['tree'],
  treeInstance: {
    updateDomFocus: ({ tree }) => tree.getFocusedItem().getElement()?.focus(),
  },
};
