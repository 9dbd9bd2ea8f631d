import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { cssVariables, theme } from '../shared/theme.ts';
import { EventsProvider } from './api/events.tsx';
import { createQueryClient } from './api/queries.ts';
import { Frame } from './frame/frame.tsx';
import { NotFound } from './frame/not-found.tsx';
import { RouteFailure } from './frame/route-failure.tsx';

const router = createBrowserRouter([
  {
    path: '/',
    element: <Frame />,
    errorElement: <RouteFailure />,
    // Nothing for the moment that a screen's code takes to arrive: it is on this machine.
    hydrateFallbackElement: <></>,
    children: [
      {
        errorElement: <RouteFailure />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('./overview/overview-page.tsx')).OverviewPage }),
          },
          { path: 'stores', lazy: async () => ({ Component: (await import('./stores/stores-page.tsx')).StoresPage }) },
          {
            path: 'stores/:code',
            lazy: async () => ({ Component: (await import('./stores/store-page.tsx')).StorePage }),
          },
          {
            path: 'stores/:code/data/:table',
            lazy: async () => ({ Component: (await import('./stores/data/table-page.tsx')).TablePage }),
          },
          {
            path: 'preview',
            lazy: async () => ({ Component: (await import('./preview/preview-page.tsx')).PreviewPage }),
          },
          {
            path: 'requests/:requestId?',
            lazy: async () => ({ Component: (await import('./requests/requests-page.tsx')).RequestsPage }),
          },
          {
            path: 'routing',
            lazy: async () => ({ Component: (await import('./routing/routing-page.tsx')).RoutingPage }),
          },
          {
            path: 'backends',
            lazy: async () => ({ Component: (await import('./backends/backends-page.tsx')).BackendsPage }),
          },
          {
            path: 'names/:tab?',
            lazy: async () => ({ Component: (await import('./names/names-page.tsx')).NamesPage }),
          },
          { path: 'help', lazy: async () => ({ Component: (await import('./help/help-page.tsx')).HelpPage }) },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]);

const colorScheme = localStorageColorSchemeManager({ key: 'orion-color-scheme' });

/** The nonce of this page's Content-Security-Policy. Read once: browsers hide it later. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** The whole console: providers from the outside in. */
export function App() {
  const [client] = useState(createQueryClient);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={client}>
        <EventsProvider>
          <Notifications position="bottom-right" limit={4} transitionDuration={120} />
          <RouterProvider router={router} />
        </EventsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
