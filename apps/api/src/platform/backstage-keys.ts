/**
 * Keys of a Backstage `app-config.yaml` that Waymark does not use. A file may have them: they are listed
 * once and otherwise ignored. `app.*` stands for all of `app` that Waymark's own schema does not name.
 * A key that is neither here nor in the schema is taken for a mistake.
 */
export const BACKSTAGE_KEYS: readonly string[] = [
  ...[
    'app.*',
    'organization.*',
    'auth.*',
    'integrations.*',
    'backend.*',
    'backend.reading.*',
    'scaffolder.*',
  ],
  ...[
    'import',
    'providers.*',
    'processors',
    'processingInterval',
    'processingEngine',
    'stitchingStrategy',
  ].map(inCatalog),
  ...['orphanStrategy', 'orphanProviderStrategy', 'readonly', 'useUrlReadersSearch', 'search'].map(inCatalog),
  ...['disableRelationsCompatibility', 'enableRelationsCompatibility', 'experimentalAlwaysUseSearch'].map(
    inCatalog,
  ),
  ...['actions', 'bazaar', 'costInsights', 'customPaths', 'devTools', 'discovery', 'dynamicPlugins'],
  ...[
    'enabled',
    'events',
    'explore',
    'features',
    'homepage',
    'i18n',
    'kubernetes',
    'lighthouse',
    'mcpActions',
  ],
  ...['metrics', 'notifications', 'permission', 'permissions', 'plugins', 'proxy', 'search', 'signals'],
  ...['sonarqube', 'techRadar', 'techdocs', 'telemetry', 'userSettings'],
  ...['allure', 'argocd', 'azureDevOps', 'azurePipelines', 'bitrise', 'codeCoverage', 'datadog', 'dynatrace'],
  ...['fossa', 'gitlab', 'grafana', 'ilert', 'jenkins', 'jira', 'kafka', 'newrelic', 'opencost', 'opsgenie'],
  ...['pagerDuty', 'pagerduty', 'rollbar', 'sentry', 'splunkOnCall', 'stackoverflow', 'techInsights', 'todo'],
  ...['xkcd', 'apacheAirflow', 'cicdStatistics', 'gcalendar', 'shortcuts', 'stackstorm', 'toolbox', 'vault'],
];

function inCatalog(key: string): string {
  return `catalog.${key}`;
}
