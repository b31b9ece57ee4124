import {
  createRepository,
  getFile,
  getRepository,
  getTree,
  listBranches,
  listCommits,
  listRepositories,
} from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/serve.ts';
import type { RepositoriesService } from './repositories.service.ts';

/** Mounts the repositories' part of the contract. */
export function repositoriesRoutes(app: FastifyInstance, repositories: RepositoriesService): void {
  serve(app, listRepositories, (request, caller) => repositories.list(caller, request));
  serve(app, createRepository, (request, caller) => repositories.create(caller, request));
  serve(app, getRepository, (request, caller) => repositories.get(caller, request));
  serve(app, listBranches, (request, caller) => repositories.branches(caller, request));
  serve(app, getTree, (request, caller) => repositories.tree(caller, request));
  serve(app, getFile, (request, caller) => repositories.file(caller, request));
  serve(app, listCommits, (request, caller) => repositories.commits(caller, request));
}
