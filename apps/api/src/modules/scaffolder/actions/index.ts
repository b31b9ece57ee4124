import type { NotificationSender } from '../../notifications/index.ts';
import type { SourceContent } from '../../sources/index.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import type { ScaffolderAction } from './action.ts';
import { createCatalogActions, type ActionCatalog } from './catalog-actions.ts';
import { createDebugActions, type DebugSettings } from './debug-actions.ts';
import { createFetchActions } from './fetch-actions.ts';
import { fileActions } from './file-actions.ts';
import { createGitHubActions } from './github/github-actions.ts';
import { createPublishGitHub } from './github/publish-github.ts';
import { createPublishGitHubPullRequest } from './github/publish-github-pull-request.ts';
import { createGitLabVariableAction } from './gitlab/gitlab-variables.ts';
import { createPublishGitLab } from './gitlab/publish-gitlab.ts';
import { createPublishGitLabMergeRequest } from './gitlab/publish-gitlab-merge-request.ts';
import type { OpenHostApi } from './hosts/host-api.ts';
import { createHttpRequestAction } from './http/http-request-action.ts';
import type { HttpRequests } from './http/http-requests.ts';
import { createNotificationAction } from './notification-actions.ts';
import { createPublishAnywhere } from './publish/publish-anywhere.ts';
import { createPublishGit, type GuardGit } from './publish/publish-git.ts';
import { createPublishWaymark, type PublishWaymarkServices } from './publish/publish-waymark.ts';
import { createRoadiehqActions } from './roadiehq/index.ts';
import { createTemplateActions } from './template-actions.ts';

/** What actions work with. */
export interface ActionServices {
  content: SourceContent;
  engine: TemplateEngine;
  catalog: ActionCatalog;
  debug: DebugSettings;
  publishing: PublishWaymarkServices & { openApi: OpenHostApi; guardGit: GuardGit };
  httpRequests: HttpRequests;
  notifications: NotificationSender;
}

/** Every action that this server has, by id and in the order of their ids. */
export function createActions({
  content,
  engine,
  catalog,
  debug,
  publishing,
  httpRequests,
  notifications,
}: ActionServices): ReadonlyMap<string, ScaffolderAction> {
  const byHost = {
    waymark: createPublishWaymark(publishing),
    github: createPublishGitHub(publishing),
    gitlab: createPublishGitLab(publishing),
  };
  const all = [
    ...createFetchActions(content),
    ...createTemplateActions(content, engine),
    ...createCatalogActions(catalog),
    ...fileActions,
    ...createDebugActions(debug),
    ...Object.values(byHost),
    createPublishAnywhere(byHost, publishing.hosts),
    createPublishGit(publishing),
    createPublishGitHubPullRequest(publishing),
    ...createGitHubActions(publishing),
    createPublishGitLabMergeRequest(publishing),
    createGitLabVariableAction(publishing),
    ...createRoadiehqActions(engine, debug),
    createHttpRequestAction(httpRequests, engine),
    createNotificationAction(notifications),
  ];
  return new Map(
    all.sort((left, right) => (left.id < right.id ? -1 : 1)).map((action) => [action.id, action]),
  );
}
