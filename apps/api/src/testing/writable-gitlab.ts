import { fastify } from 'fastify';
import { gitId } from './git-tree.ts';
import { gitlabBranch, gitlabProject } from './gitlab-resources.ts';

/** What the commits API is sent. */
interface Change {
  action: 'create' | 'update' | 'delete';
  file_path: string;
  content?: string;
  encoding?: string;
  execute_filemode?: boolean;
}

/** A project that somebody has made. */
export interface WritableProject {
  id: number;
  path: string;
  settings: Record<string, unknown>;
  branches: Map<
    string,
    { message: string; author: string; files: Map<string, string>; executables: Set<string> }
  >;
  variables: Map<string, Record<string, unknown>>;
  mergeRequests: Record<string, unknown>[];
}

/** The part of GitLab's API (version 4) that changes things, as its documentation describes it, over real HTTP. */
export interface WritableGitLab extends AsyncDisposable {
  /** Base URL of the API. */
  readonly url: string;
  readonly projects: WritableProject[];
}

/** A commit as the API takes it. */
interface CommitBody {
  branch: string;
  start_branch?: string;
  commit_message: string;
  author_name: string;
  actions: Change[];
}

/** Starts one whose token is `gitlab-token` and whose one group is `acme`. */
export async function startWritableGitLab(): Promise<WritableGitLab> {
  const app = fastify({ bodyLimit: 64 * 1024 * 1024 });
  const projects: WritableProject[] = [];
  let lastId = 0;
  const notFound = (what: string) => Object.assign(new Error(`404 ${what} Not Found`), { statusCode: 404 });
  const refuse = (status: number, message: string) =>
    Object.assign(new Error(message), { statusCode: status });
  app.setErrorHandler((error, _, reply) => {
    const { statusCode = 500, message } = error as Error & { statusCode?: number };
    return reply.status(statusCode).send({ message });
  });
  // GitLab takes an empty body of any type.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, text, done) =>
    done(null, text === '' ? {} : JSON.parse(String(text))),
  );
  app.addHook('onRequest', async ({ headers }) => {
    if (headers['private-token'] !== 'gitlab-token') throw refuse(401, '401 Unauthorized');
  });
  const find = (params: unknown): WritableProject => {
    const { id } = params as { id: string };
    const found = projects.find((project) => String(project.id) === id || project.path === id);
    if (!found) throw notFound('Project');
    return found;
  };
  const shown = ({ id, path, settings, branches }: WritableProject) => ({
    ...gitlabProject({ id, path, archived: false, lastActivityAt: '2026-01-01T00:00:00.000Z' }),
    ...settings,
    empty_repo: branches.size === 0,
  });
  const headOf = (project: WritableProject, name: string) => {
    const branch = project.branches.get(name);
    return branch && gitlabBranch(name, gitId('commit', JSON.stringify([...branch.files, branch.message])));
  };

  app.get('/api/v4/namespaces/:name', async ({ params }) => {
    const { name } = params as { name: string };
    if (name !== 'acme') throw notFound('Namespace');
    return { id: 7, name, path: name, kind: 'group', full_path: name };
  });
  app.post('/api/v4/projects', async ({ body }, reply) => {
    const { path, namespace_id, description, visibility } = body as Record<string, string | number>;
    if (namespace_id !== 7) throw refuse(400, 'namespace is not valid');
    if (projects.some((project) => project.path === `acme/${path}`)) {
      return reply.status(400).send({ message: { path: ['has already been taken'] } });
    }
    lastId += 1;
    const project = {
      ...{ id: lastId, path: `acme/${path}`, settings: { description, visibility } },
      ...{ branches: new Map(), variables: new Map(), mergeRequests: [] },
    };
    projects.push(project);
    return reply.status(201).send(shown(project));
  });
  app.get('/api/v4/projects/:id', async ({ params }) => shown(find(params)));
  app.put('/api/v4/projects/:id', async ({ params, body }) => {
    const project = find(params);
    project.settings = { ...project.settings, ...(body as object) };
    return shown(project);
  });
  app.delete('/api/v4/projects/:id', async ({ params }, reply) => {
    projects.splice(projects.indexOf(find(params)), 1);
    return reply.status(202).send({ message: '202 Accepted' });
  });
  app.get('/api/v4/projects/:id/repository/branches/:branch', async ({ params }) => {
    const found = headOf(find(params), (params as { branch: string }).branch);
    if (!found) throw notFound('Branch');
    return found;
  });
  app.delete('/api/v4/projects/:id/repository/branches/:branch', async ({ params }, reply) => {
    if (!find(params).branches.delete((params as { branch: string }).branch)) throw notFound('Branch');
    return reply.status(204).send();
  });
  app.get('/api/v4/projects/:id/repository/tree', async ({ params, query }) => {
    const { ref, page, per_page } = query as Record<string, string>;
    const files = [...(find(params).branches.get(ref ?? '')?.files ?? [])];
    const start = (Number(page) - 1) * Number(per_page);
    return files
      .map(([path, text]) => ({ id: gitId('blob', text), path, type: 'blob', name: path, mode: '100644' }))
      .slice(start, start + Number(per_page));
  });
  app.get('/api/v4/projects/:id/repository/blobs/:sha', async ({ params }) => {
    const { sha } = params as { sha: string };
    const texts = [...find(params).branches.values()].flatMap(({ files }) => [...files.values()]);
    const found = texts.find((text) => gitId('blob', text) === sha);
    if (found === undefined) throw notFound('Blob');
    const content = Buffer.from(found, 'latin1');
    return { size: content.length, encoding: 'base64', content: content.toString('base64'), sha };
  });
  app.post('/api/v4/projects/:id/repository/commits', async ({ params, body }, reply) => {
    const project = find(params);
    const { branch, start_branch, commit_message, author_name, actions } = body as CommitBody;
    const from = project.branches.get(start_branch ?? branch);
    if (start_branch !== undefined && project.branches.has(branch)) {
      throw refuse(400, `A branch called '${branch}' already exists.`);
    }
    const [files, executables] = [new Map(from?.files), new Set(from?.executables)];
    for (const { action, file_path, content = '', encoding, execute_filemode } of actions) {
      if (action === 'create' && files.has(file_path))
        throw refuse(400, 'A file with this name already exists');
      if (action !== 'create' && !files.has(file_path))
        throw refuse(400, "A file with this name doesn't exist");
      if (action === 'delete') files.delete(file_path);
      else
        files.set(
          file_path,
          Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8').toString('latin1'),
        );
      if (execute_filemode === true) executables.add(file_path);
    }
    project.branches.set(branch, { message: commit_message, author: author_name, files, executables });
    return reply.status(201).send(headOf(project, branch)?.commit);
  });
  app.get('/api/v4/projects/:id/repository/commits/:sha', async ({ params }) => {
    const project = find(params);
    const { sha } = params as { sha: string };
    for (const [name, { message }] of project.branches) {
      if (headOf(project, name)?.commit.id === sha) return { id: sha, message };
    }
    throw notFound('Commit');
  });
  addVariables();
  addMergeRequests();

  function addVariables(): void {
    const path = '/api/v4/projects/:id/variables';
    const keyOf = (params: unknown, query: unknown) =>
      `${(params as { key: string }).key} ${(query as Record<string, string>)['filter[environment_scope]'] ?? '*'}`;
    app.get(`${path}/:key`, async ({ params, query }) => {
      const found = find(params).variables.get(keyOf(params, query));
      if (!found) throw notFound('Variable');
      return found;
    });
    app.post(path, async ({ params, body }, reply) => {
      const { key, environment_scope = '*' } = body as Record<string, string>;
      find(params).variables.set(`${key} ${environment_scope}`, body as Record<string, unknown>);
      return reply.status(201).send(body);
    });
    app.put(`${path}/:key`, async ({ params, query, body }) => {
      find(params).variables.set(keyOf(params, query), body as Record<string, unknown>);
      return body;
    });
    app.delete(`${path}/:key`, async ({ params, query }, reply) => {
      find(params).variables.delete(keyOf(params, query));
      return reply.status(204).send();
    });
  }

  function addMergeRequests(): void {
    const path = '/api/v4/projects/:id/merge_requests';
    app.get('/api/v4/users', async ({ query }) =>
      (query as { username: string }).username === 'alex' ? [{ id: 5, username: 'alex', name: 'Alex' }] : [],
    );
    app.get(path, async ({ params, query }) => {
      const { source_branch } = query as Record<string, string>;
      return find(params).mergeRequests.filter((one) => one['source_branch'] === source_branch);
    });
    app.post(path, async ({ params, body }, reply) => {
      const project = find(params);
      const iid = project.mergeRequests.length + 1;
      const web_url = `https://gitlab.com/${project.path}/-/merge_requests/${iid}`;
      const opened = { ...(body as object), iid, web_url, state: 'opened' };
      project.mergeRequests.push(opened);
      return reply.status(201).send(opened);
    });
    app.put(`${path}/:iid`, async ({ params, body }) => {
      const { iid } = params as { iid: string };
      const found = find(params).mergeRequests.find((one) => String(one['iid']) === iid);
      if (!found) throw notFound('Merge request');
      if ((body as { state_event?: string }).state_event === 'close') found['state'] = 'closed';
      return found;
    });
  }

  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...{ url: `${address}/api/v4`, projects },
    [Symbol.asyncDispose]: async () => {
      await app.close();
    },
  };
}
