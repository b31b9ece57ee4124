import type { Plugin } from 'vite';

const otherLanguage =
  /(react-(?:aria|stately)[\\/]dist[\\/]private[\\/]intl[\\/].*[\\/])(?!en-US)[a-z]{2}-[A-Z]{2}\.mjs$/;

/**
 * React Aria brings its spoken texts in 34 languages, a tenth of the catalog page. The portal speaks
 * English, so every language becomes the English file: one copy, and no language is without a text.
 */
export function englishOnlyStrings(): Plugin {
  return {
    name: 'english-only-strings',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!source.endsWith('.mjs') || !/[\\/]intl[\\/]/.test(source)) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      const english = resolved?.id.replace(otherLanguage, '$1en-US.mjs');
      return english === resolved?.id ? null : (english ?? null);
    },
  };
}
