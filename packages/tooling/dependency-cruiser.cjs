/**
 * Who may import whom. The picture of these rules is in docs/how-to/add-a-feature.md; the self-test
 * src/dependency-gate.test.ts breaks every one of them once (fixtures/dependencies).
 *
 * Run: depcruise --config packages/tooling/dependency-cruiser.cjs apps packages prisma golden-paths/src
 */

/** Test code, and what only tests use in folders `testing`: it may use more than the code that it tests. */
const testFiles = ['\\.(test|spec)\\.tsx?$', '^apps/portal/e2e/', '^(apps|packages)/.+/testing/'];

/** Configuration of tools, which run in Node and belong to no layer. */
const toolConfigurations = '\\.config\\.[cm]?[jt]s$';

/** Packages that must stay free of input and output. */
const purePackages = '^packages/(catalog-model|templating|delivery-metrics|docs-renderer)/';

/** Installed packages by name, as a pattern over the path they (or their types) resolve to. */
const npm = (names) => `(^|/)node_modules/(@types/)?(${names})/`;

/** Node's own modules that compute and touch nothing outside the process. */
const pureBuiltins = '^(assert|buffer|crypto|path|querystring|string_decoder|url|util)(/|$)';

/** Everything of this repository but the named workspaces of packages/. */
const workspacesBut = (names) => `^(apps/|prisma/|packages/(?!(${names})/))`;

/** Database access: our own package, Prisma and the driver. */
const databaseAccess = ['^packages/db/', npm('@prisma/[^/]+|prisma|pg')];

/** How rows are written as text, which opens nothing: parser threads write what a repository copies. */
const databaseText = '^packages/db/src/copy-text\\.ts$';

/** Files of the API that open the database and hand it on. */
const databaseOpeners = ['\\.repository\\.ts$', '^apps/api/src/main\\.ts$', '^apps/api/src/startup/'];

/** Files of the API that hand a database handle to repositories: they may name its type, no more. */
const databaseHandlers = [
  '^apps/api/src/(app|worker)\\.ts$',
  '^apps/api/src/platform/(jobs|health)(/|[.-])',
  '^apps/api/src/modules/[^/]+/index\\.ts$',
  '^apps/api/src/modules/[^/]+/[^/]+-worker\\.ts$',
];

/** Where a program, a bundler, a worker thread, an isolated process or a test runner starts to read. */
const entryPoints = [
  '^apps/(api|cli)/src/main\\.ts$',
  '^apps/portal/src/main\\.tsx$',
  '^packages/[^/]+/src/index\\.ts$',
  '^packages/(bench|testing|tooling)/src/[^/]+\\.ts$',
  '^prisma/seed/index\\.ts$',
  '\\.(worker|process)\\.ts$',
  '\\.d\\.ts$',
  // Put in the place of a library's module by the bundler's configuration, which names it by path.
  '\\.stand-in\\.ts$',
  toolConfigurations,
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  {
    name: 'contracts-import-zod-only',
    severity: 'error',
    comment: 'Contracts are read by server, client, portal and tests: they may drag nothing in but zod.',
    from: { path: '^packages/contracts/', pathNot: testFiles },
    to: { pathNot: ['^packages/contracts/', npm('zod')] },
  },
  {
    name: 'api-client-imports-contracts-only',
    severity: 'error',
    comment: 'The client is the contracts made callable. It runs in browsers, in the CLI and in tests.',
    from: { path: '^packages/api-client/', pathNot: testFiles },
    to: { pathNot: ['^packages/api-client/', '^packages/contracts/'] },
  },
  {
    name: 'pure-packages-stand-alone',
    severity: 'error',
    comment: 'Pure packages know the contracts and libraries from npm, no other part of Waymark.',
    from: { path: purePackages, pathNot: testFiles },
    to: { path: '^(apps|packages|prisma)/', pathNot: ['^packages/$1/', '^packages/contracts/'] },
  },
  {
    name: 'pure-packages-do-no-input-or-output',
    severity: 'error',
    comment: 'No files, network, processes, threads or clocks of Node: values in, values out.',
    from: { path: purePackages, pathNot: testFiles },
    to: { dependencyTypes: ['core'], pathNot: pureBuiltins },
  },
  {
    name: 'pure-packages-use-no-server-library',
    severity: 'error',
    comment: 'Web server, database and HTTP client belong to apps/api and packages/db.',
    from: { path: purePackages, pathNot: testFiles },
    to: { path: npm('fastify|@fastify/[^/]+|fastify-[^/]+|@prisma/[^/]+|prisma|pg|pg-boss|undici') },
  },
  {
    name: 'packages-never-import-apps',
    severity: 'error',
    comment: 'Apps are built from packages, never the other way.',
    from: { path: '^packages/', pathNot: testFiles },
    to: { path: '^apps/' },
  },
  {
    name: 'database-and-config-packages-stand-alone',
    severity: 'error',
    comment: 'packages/db and packages/config are foundations: they may use the contracts, nothing above.',
    from: { path: '^packages/(db|config)/', pathNot: testFiles },
    to: { path: workspacesBut('contracts|db|config') },
  },
  {
    name: 'portal-imports-contracts-api-client-and-ui-only',
    severity: 'error',
    comment: 'The portal sees the server through its contracts and nothing else.',
    from: { path: '^apps/portal/', pathNot: [...testFiles, toolConfigurations] },
    to: { path: '^(prisma/|apps/(?!portal/)|packages/(?!(contracts|api-client|ui)/))' },
  },
  {
    name: 'browser-code-uses-no-node-module',
    severity: 'error',
    comment: "A browser has none of Node's modules.",
    from: {
      path: '^(apps/portal|packages/(ui|api-client|contracts))/',
      pathNot: [...testFiles, toolConfigurations],
    },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'browser-code-reaches-no-eval-library',
    severity: 'error',
    comment: 'ajv, cloudevents and protobufjs compile code from text, which the strict CSP forbids.',
    from: { path: '^(apps/portal|packages/ui)/', pathNot: [...testFiles, toolConfigurations] },
    to: { path: npm('ajv|ajv-[^/]+|cloudevents|protobufjs|@protobufjs/[^/]+'), reachable: true },
  },
  {
    name: 'cli-imports-contracts-api-client-and-config-only',
    severity: 'error',
    comment: 'The CLI talks to the server as any other client does, never to the database.',
    from: { path: '^apps/cli/', pathNot: testFiles },
    to: { path: '^(prisma/|apps/(?!cli/)|packages/(?!(contracts|api-client|config)/))' },
  },
  {
    name: 'api-imports-neither-ui-nor-api-client',
    severity: 'error',
    comment: 'The server knows no client of its own. Its tests may call it through api-client.',
    from: { path: '^apps/api/', pathNot: testFiles },
    to: { path: '^(apps/(?!api/)|packages/(ui|api-client)/)' },
  },
  {
    name: 'modules-enter-each-other-by-the-door',
    severity: 'error',
    comment: 'Another module is its index.ts. What lies behind may change without asking.',
    from: { path: '^apps/api/src/modules/([^/]+)/' },
    to: {
      path: '^apps/api/src/modules/[^/]+/',
      pathNot: ['^apps/api/src/modules/$1/', '^apps/api/src/modules/[^/]+/index\\.ts$'],
    },
  },
  {
    name: 'composition-enters-modules-by-the-door',
    severity: 'error',
    comment: 'app.ts, worker.ts and main.ts see the index.ts of a module only.',
    from: { path: '^apps/api/', pathNot: ['^apps/api/src/modules/', ...testFiles] },
    to: { path: '^apps/api/src/modules/[^/]+/', pathNot: '^apps/api/src/modules/[^/]+/index\\.ts$' },
  },
  {
    name: 'modules-import-platform-and-packages-only',
    severity: 'error',
    comment: 'A module is put together by app.ts and does not know who does it.',
    from: { path: '^apps/api/src/modules/', pathNot: testFiles },
    to: { path: '^(prisma/|apps/api/(?!node_modules/|src/(modules|platform)/))' },
  },
  {
    name: 'platform-never-imports-modules',
    severity: 'error',
    comment: 'The platform carries every module, so it may know none.',
    from: { path: '^apps/api/src/platform/' },
    to: { path: '^apps/api/src/(modules|startup)/|^apps/api/src/(app|worker|main)\\.ts$' },
  },
  {
    name: 'services-and-policies-know-no-server-and-no-database',
    severity: 'error',
    comment: 'Rules are tested without a server and without a database, so they may name neither.',
    from: { path: '^apps/api/src/.+\\.(service|policy)\\.ts$' },
    to: { path: [...databaseAccess, npm('fastify|@fastify/[^/]+|fastify-[^/]+')] },
  },
  {
    name: 'only-repositories-use-the-database',
    severity: 'error',
    comment: 'SQL and Prisma live in *.repository.ts; main.ts and startup/ open what they use.',
    from: { path: '^apps/api/', pathNot: [...databaseOpeners, ...testFiles] },
    to: { path: databaseAccess, pathNot: databaseText, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'only-composition-names-database-types',
    severity: 'error',
    comment: 'Whoever passes the handle on may import its type. Everyone else gets a repository.',
    from: { path: '^apps/api/', pathNot: [...databaseOpeners, ...databaseHandlers, ...testFiles] },
    to: { path: databaseAccess, dependencyTypes: ['type-only'] },
  },
  {
    name: 'portal-lib-imports-no-feature',
    severity: 'error',
    comment: 'app → features → lib. lib serves every feature and knows none.',
    from: { path: '^apps/portal/src/lib/', pathNot: testFiles },
    to: { path: '^apps/portal/src/(app|features)/' },
  },
  {
    name: 'portal-features-never-import-app',
    severity: 'error',
    comment: 'app → features → lib. The shell lists the features, they do not know it.',
    from: { path: '^apps/portal/src/features/', pathNot: testFiles },
    to: { path: '^apps/portal/src/(app/|main\\.tsx$)' },
  },
  {
    name: 'portal-features-never-import-each-other',
    severity: 'error',
    comment: 'What two features share belongs to lib or to packages/ui.',
    from: { path: '^apps/portal/src/features/([^/]+)/' },
    to: { path: '^apps/portal/src/features/[^/]+/', pathNot: '^apps/portal/src/features/$1/' },
  },
  {
    name: 'ui-neither-fetches-nor-routes',
    severity: 'error',
    comment: 'Components of packages/ui get values and callbacks. Who gives them is not their business.',
    from: { path: '^packages/ui/', pathNot: testFiles },
    to: {
      path: [
        workspacesBut('ui'),
        npm('react-router|@tanstack/[^/]*query[^/]*|nuqs|undici|axios|ky|swr|openapi-fetch'),
      ],
    },
  },
  {
    name: 'file-system-only-where-allowed',
    severity: 'error',
    comment:
      'In the server, files are touched by startup, by the source readers, by what makes empty repositories, by the ' +
      'folders of hosted repositories and of runs, and by the portal files: a path that somebody else controls has few doors to check.',
    from: {
      path: '^(apps|packages)/',
      pathNot: [
        ...testFiles,
        toolConfigurations,
        '^apps/api/src/(main\\.ts$|startup/|platform/config\\.ts$|modules/sources/readers/|modules/repositories/storage/|modules/scaffolder/workspace/|platform/files/|platform/git/bare-repository\\.ts$|platform/http/portal-files\\.ts$)',
        '^packages/(db|config|testing|bench|tooling)/',
      ],
    },
    to: { dependencyTypes: ['core'], path: '^fs(/|$)' },
  },
  {
    name: 'product-imports-no-test-code',
    severity: 'error',
    comment: 'Tests, factories, benchmarks and gates are not shipped.',
    from: {
      path: '^(apps|packages|prisma)/',
      pathNot: [...testFiles, toolConfigurations, '^packages/(testing|bench|tooling)/'],
    },
    to: {
      path: [...testFiles, '^packages/(testing|bench|tooling)/', npm('vitest|@playwright/test|fast-check')],
    },
  },
  {
    name: 'no-cycles',
    severity: 'error',
    comment: 'Files of a cycle cannot be understood, tested or loaded one by one.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphan-files',
    severity: 'error',
    comment: 'Code that no entry point reaches is dead, even where its own test still calls it.',
    from: { path: entryPoints },
    to: {
      path: '^(apps|packages|prisma)/.+\\.tsx?$',
      pathNot: [...testFiles, ...entryPoints],
      reachable: false,
    },
  },
  {
    name: 'no-unresolvable-imports',
    severity: 'error',
    comment: 'An import that leads nowhere hides every rule about where it leads.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'no-undeclared-packages',
    severity: 'error',
    comment: 'An import that works because another workspace installed the package breaks one day.',
    from: { path: '^(apps|packages|prisma)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    // Generated code, fixtures (bad on purpose) and build output are nobody's dependency rules.
    exclude: {
      path: '^packages/db/src/generated/|^packages/tooling/fixtures/|^apps/portal/dist/|/\\.vite/',
    },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
