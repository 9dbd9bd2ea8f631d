import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent colour: the platform's blue. */
const accent: MantineColorsTuple = [
  '#eef3ff',
  '#dbe5ff',
  '#b9ccff',
  '#8fb2ff',
  '#6290fb',
  '#3f71f2',
  '#2a5be6',
  '#1d4ed8',
  '#1a44bb',
  '#163a9c',
];
const gray: MantineColorsTuple = [
  '#f7f7f5',
  '#f0f0ee',
  '#e3e5e9',
  '#d3d6dc',
  '#b6bbc6',
  '#8d94a3',
  '#5a6070',
  '#434957',
  '#2b303b',
  '#16181d',
];
const dark: MantineColorsTuple = [
  '#eceef2',
  '#c9ced8',
  '#a0a7b5',
  '#6f7787',
  '#3a404d',
  '#2a2f39',
  '#1f232b',
  '#171a20',
  '#101216',
  '#0b0d10',
];

/** Mantine's own red is too light for white letters on it (WCAG AA). */
const red: MantineColorsTuple = [
  '#fdecea',
  '#fbd5d0',
  '#f5aaa2',
  '#ee8077',
  '#e55d52',
  '#d8443a',
  '#c5302b',
  '#b42318',
  '#931c13',
  '#75150e',
];

const FONT = 'Inter, "Inter fallback", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** One type scale (12, 13, 14, 16, 20, 28) and an 8-pixel grid for everything. */
export const theme = createTheme({
  colors: { accent, gray, dark, red },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontFamily: FONT,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 'xs' } },
    // The page itself never scrolls, and locking it would add a style that the Content-Security-Policy refuses.
    Modal: {
      defaultProps: {
        transitionProps: { duration: 120 },
        centered: true,
        lockScroll: false,
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Drawer: {
      defaultProps: {
        transitionProps: { duration: 120 },
        lockScroll: false,
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    // The placeholder would be a child that a menu may not have; the first item gets the focus without it.
    Menu: { defaultProps: { transitionProps: { duration: 100 }, shadow: 'md', withInitialFocusPlaceholder: false } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
  },
});

/** Mantine's own surfaces in the platform's colours; `tokens.css` has those that Mantine does not know. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#16181d',
    '--mantine-color-dimmed': '#5a6070',
    '--mantine-color-placeholder': '#6b7180',
    '--mantine-color-default-border': '#d9dce2',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#1d4ed8',
  },
  dark: {
    '--mantine-color-body': '#14171c',
    '--mantine-color-text': '#eceef2',
    '--mantine-color-dimmed': '#a0a7b5',
    '--mantine-color-placeholder': '#8d95a5',
    '--mantine-color-default': '#1b1f26',
    '--mantine-color-default-hover': '#232832',
    '--mantine-color-default-border': '#333a46',
    '--mantine-color-error': '#ffaaa0',
    '--mantine-color-anchor': '#8fb2ff',
  },
});
