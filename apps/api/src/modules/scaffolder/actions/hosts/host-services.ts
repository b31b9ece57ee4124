import type { CommitDefaults } from '../publish/publish-input.ts';
import type { HostLookup } from '../publish/repository-target.ts';
import type { OpenHostApi } from './host-api.ts';

/** What actions for repositories on other hosts work with. */
export interface HostServices {
  hosts: HostLookup;
  openApi: OpenHostApi;
  defaults: CommitDefaults;
}
