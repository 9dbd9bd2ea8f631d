import {
  IconDatabase,
  IconEye,
  IconHome,
  IconLifebuoy,
  IconListSearch,
  IconRoute,
  IconShoppingBag,
  IconWorld,
} from '@tabler/icons-react';

/** A screen of the console, as the navigation, the palette and the keyboard know it. */
export interface ConsolePage {
  readonly path: string;
  readonly label: string;
  /** Pressed after `g`. */
  readonly key: string;
  readonly icon: typeof IconHome;
  /** What it is for, for the palette. */
  readonly purpose: string;
}

/** The screens in the order of the navigation. Only what is built. */
export const consolePages: readonly ConsolePage[] = [
  { path: '/', label: 'Overview', key: 'o', icon: IconHome, purpose: 'Server, stores and live traffic' },
  {
    path: '/stores',
    label: 'Stores',
    key: 's',
    icon: IconShoppingBag,
    purpose: 'Create, open, change and delete stores',
  },
  { path: '/preview', label: 'Preview', key: 'p', icon: IconEye, purpose: 'Two stores side by side at any width' },
  {
    path: '/requests',
    label: 'Requests',
    key: 'r',
    icon: IconListSearch,
    purpose: 'Every request, its ladder, timeline and SQL',
  },
  {
    path: '/routing',
    label: 'Routing',
    key: 'w',
    icon: IconRoute,
    purpose: 'Which store would this URL reach, and why',
  },
  {
    path: '/backends',
    label: 'Backends',
    key: 'b',
    icon: IconDatabase,
    purpose: 'How stores are kept apart, and moving to another engine',
  },
  {
    path: '/names',
    label: 'Names',
    key: 'n',
    icon: IconWorld,
    purpose: 'Host names, hosts file, HTTPS, rehearsal DNS and the doctor',
  },
  { path: '/help', label: 'Help', key: 'h', icon: IconLifebuoy, purpose: 'First steps, keys and answers' },
];
