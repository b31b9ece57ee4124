import { createBrowserRouter, type RouteObject } from 'react-router';
import { RouteError } from './RouteError.tsx';
import { Shell } from './shell/Shell.tsx';

/** Every page, each in a file of its own that is fetched when it is first opened. */
export const routes: RouteObject[] = [
  {
    Component: Shell,
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: RouteError,
        children: [
          {
            index: true,
            lazy: { Component: async () => (await import('../features/home/HomePage.tsx')).HomePage },
          },
          {
            path: 'catalog',
            lazy: {
              Component: async () => (await import('../features/catalog/CatalogPage.tsx')).CatalogPage,
            },
          },
          {
            path: 'catalog/:namespace/:kind/:name',
            lazy: { Component: async () => (await import('../features/entity/EntityPage.tsx')).EntityPage },
          },
          {
            path: 'teams',
            lazy: { Component: async () => (await import('../features/teams/TeamsPage.tsx')).TeamsPage },
          },
          {
            path: 'ownership',
            lazy: {
              Component: async () => (await import('../features/ownership/OwnershipPage.tsx')).OwnershipPage,
            },
          },
          {
            path: 'register',
            lazy: {
              Component: async () => (await import('../features/register/RegisterPage.tsx')).RegisterPage,
            },
          },
          {
            path: 'graph',
            lazy: { Component: async () => (await import('../features/graph/GraphPage.tsx')).GraphPage },
          },
          {
            path: 'search',
            lazy: { Component: async () => (await import('../features/search/SearchPage.tsx')).SearchPage },
          },
          {
            path: 'why',
            lazy: { Component: async () => (await import('../features/why/WhyPage.tsx')).WhyPage },
          },
          {
            path: 'sources',
            lazy: {
              Component: async () => (await import('../features/sources/SourcesPage.tsx')).SourcesPage,
            },
          },
          {
            path: 'sources/:id',
            lazy: { Component: async () => (await import('../features/sources/SourcePage.tsx')).SourcePage },
          },
          {
            path: 'create',
            lazy: {
              Component: async () =>
                (await import('../features/scaffolder/gallery/GalleryPage.tsx')).GalleryPage,
            },
          },
          {
            path: 'create/:namespace/:name',
            lazy: {
              Component: async () =>
                (await import('../features/scaffolder/wizard/WizardPage.tsx')).WizardPage,
            },
          },
          {
            path: 'repositories',
            lazy: {
              Component: async () =>
                (await import('../features/repositories/RepositoriesPage.tsx')).RepositoriesPage,
            },
          },
          {
            path: 'repositories/:owner/:name',
            lazy: {
              Component: async () =>
                (await import('../features/repositories/RepositoryPage.tsx')).RepositoryPage,
            },
          },
          {
            path: 'repositories/:owner/:name/tree/:ref/*',
            lazy: {
              Component: async () =>
                (await import('../features/repositories/RepositoryPage.tsx')).RepositoryPage,
            },
          },
          {
            path: 'repositories/:owner/:name/blob/:ref/*',
            lazy: {
              Component: async () => (await import('../features/repositories/FilePage.tsx')).FilePage,
            },
          },
          {
            path: 'repositories/:owner/:name/commits/:ref?',
            lazy: {
              Component: async () => (await import('../features/repositories/CommitsPage.tsx')).CommitsPage,
            },
          },
          {
            path: 'create/runs',
            lazy: {
              Component: async () => (await import('../features/scaffolder/runs/RunsPage.tsx')).RunsPage,
            },
          },
          {
            path: 'create/actions',
            lazy: {
              Component: async () =>
                (await import('../features/scaffolder/actions/ActionsPage.tsx')).ActionsPage,
            },
          },
          {
            path: 'create/editor',
            lazy: {
              Component: async () =>
                (await import('../features/scaffolder/editor/EditorPage.tsx')).EditorPage,
            },
          },
          {
            path: 'create/editor/:namespace/:name',
            lazy: {
              Component: async () =>
                (await import('../features/scaffolder/editor/EditorPage.tsx')).EditorPage,
            },
          },
          {
            path: 'create/runs/:id',
            lazy: {
              Component: async () => (await import('../features/scaffolder/runs/RunPage.tsx')).RunPage,
            },
          },
          {
            path: 'notifications',
            lazy: {
              Component: async () =>
                (await import('../features/notifications/NotificationsPage.tsx')).NotificationsPage,
            },
          },
          {
            path: 'settings',
            lazy: {
              Component: async () => (await import('../features/settings/SettingsPage.tsx')).SettingsPage,
            },
          },
          {
            path: 'help',
            lazy: { Component: async () => (await import('../features/help/HelpPage.tsx')).HelpPage },
          },
          { path: '*', lazy: { Component: async () => (await import('./NotFoundPage.tsx')).NotFoundPage } },
        ],
      },
    ],
  },
];

/** The router over the browser's address. */
export function createPortalRouter() {
  return createBrowserRouter(routes);
}
