/** What a test needs to make databases of its own. Handed to the workers by the global setup. */
export interface TestCluster {
  /** Of a database on the test server from which others can be created. */
  adminUrl: string;
  /** Begins the name of every database of this test run. */
  prefix: string;
  /** A database with all migrations applied and nobody connected to it. */
  templateName: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: TestCluster;
  }
}
