import { asList, asNode, type Node } from '../formats/structured-text.ts';
import { canonical, isSame, matchKeys, shown, type ChangeList, type Direction } from './change-list.ts';
import { operationsOf, type Content, type Operation, type Parameter } from './openapi-operations.ts';
import { compareSchemas, type SchemaComparison } from './schema-changes.ts';

/** Compares two OpenAPI documents, of whatever versions, by what they mean for those who call the API. */
export function compareOpenApi(before: Node, after: Node, changes: ChangeList): void {
  const comparer = new OpenApiComparer({ before, after, changes });
  matchKeys(operationsOf(before), operationsOf(after), {
    removed: (_key, { title, isDeprecated }) =>
      changes.add('breaking', title, `The operation is gone${isDeprecated ? '; it was deprecated' : ''}.`),
    added: (_key, { title }) => changes.add('compatible', title, 'The operation is new.'),
    kept: (_key, left, right) => comparer.compareOperations(left, right),
  });
  comparer.compareServers();
  comparer.compareSecuritySchemes();
  if (!isSame(before['webhooks'], after['webhooks'])) {
    changes.add('unclear', 'webhooks', 'The webhooks changed.');
  }
}

class OpenApiComparer {
  private readonly comparison: SchemaComparison;
  private readonly changes: ChangeList;

  constructor(comparison: SchemaComparison) {
    this.comparison = comparison;
    this.changes = comparison.changes;
  }

  compareOperations(before: Operation, after: Operation): void {
    const path = after.title;
    if (after.isDeprecated && !before.isDeprecated)
      this.changes.add('compatible', path, 'Is deprecated now.');
    if (before.operationId !== undefined && before.operationId !== after.operationId) {
      const message = `The operationId changed from ${shown(before.operationId)} to ${shown(after.operationId)}: generated clients name it differently.`;
      this.changes.add('unclear', path, message);
    }
    this.compareParameters(before, after, path);
    this.compareBodies(before.body, after.body, path);
    this.compareResponses(before, after, path);
    this.compareSecurity(before.security, after.security, path);
    if (!isSame(before.rest, after.rest)) this.changes.add('unclear', path, 'The callbacks changed.');
  }

  private compareParameters(before: Operation, after: Operation, path: string): void {
    matchKeys(inOrderOfPath(before), inOrderOfPath(after), {
      removed: (_key, { in: place, name }) =>
        this.changes.add('breaking', `${path} › ${place} ${name}`, 'The parameter is gone.'),
      added: (_key, { in: place, name, isRequired }) =>
        this.changes.add(
          isRequired ? 'breaking' : 'compatible',
          `${path} › ${place} ${name}`,
          isRequired ? 'A new parameter has to be sent.' : 'The parameter is new.',
        ),
      kept: (_key, left, right) => this.compareParameter(left, right, `${path} › ${right.in} ${right.name}`),
    });
  }

  private compareParameter(before: Parameter, after: Parameter, path: string): void {
    if (!before.isRequired && after.isRequired)
      this.changes.add('breaking', path, 'The parameter is required now.');
    if (before.isRequired && !after.isRequired)
      this.changes.add('compatible', path, 'The parameter may be left out now.');
    if (before.encoding !== after.encoding) {
      this.changes.add('breaking', path, 'The way in which the value is written changed.');
    }
    compareSchemas(before.schema, after.schema, 'request', path, this.comparison);
  }

  private compareBodies(before: Operation['body'], after: Operation['body'], path: string): void {
    const place = `${path} › request`;
    if (before === undefined && after === undefined) return;
    if (before === undefined) {
      const isRequired = after?.isRequired === true;
      const message = isRequired ? 'A body has to be sent now.' : 'A body may be sent now.';
      this.changes.add(isRequired ? 'breaking' : 'compatible', place, message);
    } else if (after === undefined) {
      this.changes.add('breaking', place, 'No body is accepted any more.');
    } else {
      if (!before.isRequired && after.isRequired)
        this.changes.add('breaking', place, 'The body is required now.');
      if (before.isRequired && !after.isRequired) {
        this.changes.add('compatible', place, 'The body may be left out now.');
      }
      this.compareContent(before.content, after.content, 'request', place);
    }
  }

  private compareContent(before: Content, after: Content, direction: Direction, path: string): void {
    const hadNone = before.size === 0;
    matchKeys(before, after, {
      removed: (type) => this.changes.add('breaking', path, `The media type ${type} is gone.`),
      added: (type) => {
        const level = hadNone && direction === 'response' ? 'unclear' : 'compatible';
        this.changes.add(level, path, `The media type ${type} is new.`);
      },
      kept: (type, left, right) => {
        const place = after.size > 1 ? `${path} ${type} › ` : `${path} › `;
        compareSchemas(left, right, direction, place, this.comparison);
      },
    });
  }

  private compareResponses(before: Operation, after: Operation, path: string): void {
    matchKeys(before.responses, after.responses, {
      removed: (status) =>
        this.changes.add(
          isSuccess(status) ? 'breaking' : 'compatible',
          `${path} › response ${status}`,
          'The response is gone.',
        ),
      added: (status) =>
        this.changes.add(
          isSuccess(status) ? 'unclear' : 'compatible',
          `${path} › response ${status}`,
          'The response is new.',
        ),
      kept: (status, left, right) => {
        const place = `${path} › response ${status}`;
        this.compareContent(left.content, right.content, 'response', place);
        this.compareHeaders(left.headers, right.headers, place);
      },
    });
  }

  private compareHeaders(before: Map<string, Parameter>, after: Map<string, Parameter>, path: string): void {
    matchKeys(before, after, {
      removed: (_key, { name, isRequired }) =>
        this.changes.add(
          isRequired ? 'breaking' : 'unclear',
          `${path} › header ${name}`,
          'The header is gone.',
        ),
      added: (_key, { name }) =>
        this.changes.add('compatible', `${path} › header ${name}`, 'The header is new.'),
      kept: (_key, left, right) =>
        compareSchemas(
          left.schema,
          right.schema,
          'response',
          `${path} › header ${right.name}`,
          this.comparison,
        ),
    });
  }

  private compareSecurity(before: Set<string>, after: Set<string>, path: string): void {
    const place = `${path} › security`;
    const open = canonical({});
    const wasOpen = before.size === 0 || before.has(open);
    const isOpen = after.size === 0 || after.has(open);
    if (wasOpen && !isOpen) this.changes.add('breaking', place, 'Callers have to sign in now.');
    if (!wasOpen && isOpen) this.changes.add('compatible', place, 'Callers need not sign in any more.');
    if (wasOpen || isOpen) return;
    for (const way of before) {
      if (!after.has(way)) this.changes.add('breaking', place, `The way to sign in ${way} is gone.`);
    }
    for (const way of after) {
      if (!before.has(way)) this.changes.add('compatible', place, `The way to sign in ${way} is new.`);
    }
  }

  compareServers(): void {
    const [before, after] = [serversOf(this.comparison.before), serversOf(this.comparison.after)];
    for (const url of before) {
      if (!after.has(url)) this.changes.add('unclear', 'servers', `The server ${shown(url)} is gone.`);
    }
    for (const url of after) {
      if (!before.has(url)) this.changes.add('compatible', 'servers', `The server ${shown(url)} is new.`);
    }
  }

  compareSecuritySchemes(): void {
    matchKeys(securitySchemesOf(this.comparison.before), securitySchemesOf(this.comparison.after), {
      // Whether somebody has to use it, the operations say.
      removed: () => {},
      added: () => {},
      kept: (name, left, right) => {
        if (left !== right)
          this.changes.add('unclear', `security ${name}`, 'The way to sign in is described differently.');
      },
    });
  }
}

/** Path parameters by their place in the path, so that a new name is no new parameter. */
function inOrderOfPath({ title, parameters }: Operation): Map<string, Parameter> {
  const names = [...title.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  return new Map(
    [...parameters].map(([key, parameter]) => {
      const place = parameter.in === 'path' ? names.indexOf(parameter.name) : -1;
      return [place < 0 ? key : `path ${place}`, parameter];
    }),
  );
}

function isSuccess(status: string): boolean {
  return /^[123]/.test(status);
}

function serversOf(root: unknown): Set<string> {
  const { servers, host, basePath, schemes } = asNode(root);
  if (host !== undefined || basePath !== undefined) {
    const path = typeof basePath === 'string' ? basePath : '';
    const origins = asList(schemes).length > 0 ? asList(schemes).map((scheme) => `${String(scheme)}:`) : [''];
    const domain = typeof host === 'string' ? host : '';
    return new Set(origins.map((origin) => `${origin}//${domain}${path}`));
  }
  return new Set(
    asList(servers)
      .map((server) => asNode(server)['url'])
      .filter((url) => typeof url === 'string'),
  );
}

function securitySchemesOf(root: unknown): Map<string, string> {
  const { components, securityDefinitions } = asNode(root);
  const schemes = asNode(asNode(components)['securitySchemes'] ?? securityDefinitions);
  return new Map(
    Object.entries(schemes).map(([name, scheme]) => [
      name,
      canonical({ ...asNode(scheme), description: undefined }),
    ]),
  );
}
