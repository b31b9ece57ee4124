import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eeeffc',
  '#dcdff8',
  '#bcc1f2',
  '#a6aefc',
  '#8790fa',
  '#5660de',
  '#4f5ad8',
  '#4651cf',
  '#3a44b8',
  '#2f3899',
];

const darkGreys: MantineColorsTuple = [
  '#e9eaef',
  '#a4a8b6',
  '#8f94a4',
  '#4a4e5d',
  '#363946',
  '#22242d',
  '#191b22',
  '#111217',
  '#0c0d11',
  '#08090c',
];

/** Buttons that destroy take shades 7 (light) and 5 (dark), which hold AA under white letters; Mantine's own do not. */
const red: MantineColorsTuple = [
  '#fdeeec',
  '#f9d5d1',
  '#f0aca5',
  '#e6827a',
  '#d9574c',
  '#c93a2f',
  '#bd2f25',
  '#b0271d',
  '#941f17',
  '#781811',
];

/** Mantine in the product's look: one accent, small radii, dense type. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 5 },
  colors: { accent, red, dark: darkGreys },
  autoContrast: true,
  respectReducedMotion: true,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'var(--wm-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 6,
  cursorType: 'pointer',
  focusRing: 'auto',
});

const sharedVariables = {
  '--mantine-color-dimmed': 'var(--wm-text-dim)',
  '--mantine-color-placeholder': 'var(--wm-text-faint)',
  '--mantine-color-error': 'var(--wm-bad)',
  '--mantine-color-text': 'var(--wm-text)',
  '--mantine-color-body': 'var(--wm-surface)',
  '--mantine-color-default': 'var(--wm-surface)',
  '--mantine-color-default-hover': 'var(--wm-sunken)',
  '--mantine-color-default-border': 'var(--wm-border-strong)',
  '--mantine-color-anchor': 'var(--wm-accent-text)',
};

/** Lays Mantine's colour variables over the tokens: its own dimmed, placeholder and error fail WCAG AA. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: sharedVariables,
  dark: sharedVariables,
});
