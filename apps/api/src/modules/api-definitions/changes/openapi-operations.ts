import { asList, asNode, isNode, resolvePointer, type Node } from '../formats/structured-text.ts';
import { canonical } from './change-list.ts';

/** A parameter of an operation; of Swagger 2, everything but `body` and `formData`. */
export interface Parameter {
  name: string;
  in: string;
  isRequired: boolean;
  schema: unknown;
  /** How the value is written into the request. */
  encoding: string;
}

/** A body by media types. */
export type Content = Map<string, unknown>;

/** One operation of an HTTP API, whatever version of OpenAPI it is written in. */
export interface Operation {
  /** `GET /orders/{id}` as it is written. */
  title: string;
  operationId: string | undefined;
  isDeprecated: boolean;
  /** By place and name; names of headers in lower case. */
  parameters: Map<string, Parameter>;
  body: { isRequired: boolean; content: Content } | undefined;
  responses: Map<string, { content: Content; headers: Map<string, Parameter> }>;
  /** Ways to be let in, each as canonical JSON. Empty: none is needed. */
  security: Set<string>;
  /** What is compared as it stands: callbacks. */
  rest: Node;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** The operations of an OpenAPI 3 or Swagger 2 document, by method and path with the names of parameters left out. */
export function operationsOf(root: Node): Map<string, Operation> {
  const reader = new OperationReader(root);
  const operations = new Map<string, Operation>();
  for (const [path, value] of Object.entries(asNode(root['paths']))) {
    const item = reader.follow(value);
    for (const method of methods) {
      const operation = item[method];
      if (!isNode(operation)) continue;
      const key = `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;
      operations.set(key, reader.read(`${method.toUpperCase()} ${path}`, operation, item));
    }
  }
  return operations;
}

class OperationReader {
  private readonly root: Node;

  constructor(root: Node) {
    this.root = root;
  }

  follow(value: unknown, steps = 0): Node {
    const reference = asNode(value)['$ref'];
    if (typeof reference !== 'string' || steps > 20) return asNode(value);
    const target = resolvePointer(this.root, reference);
    return target === undefined ? asNode(value) : this.follow(target, steps + 1);
  }

  read(title: string, operation: Node, item: Node): Operation {
    // A parameter of the operation stands for the one of the path with its name.
    const parameters = [...asList(item['parameters']), ...asList(operation['parameters'])].map((one) =>
      this.follow(one),
    );
    const { operationId } = operation;
    return {
      title,
      operationId: typeof operationId === 'string' ? operationId : undefined,
      isDeprecated: operation['deprecated'] === true,
      parameters: new Map(
        parameters.filter((one) => !isBodyPart(one)).map((one) => [parameterKey(one), readParameter(one)]),
      ),
      body: this.readBody(operation, parameters.filter(isBodyPart)),
      responses: new Map(
        Object.entries(asNode(operation['responses'])).map(([status, response]) => [
          status.toLowerCase(),
          this.readResponse(this.follow(response), operation),
        ]),
      ),
      security: new Set(asList(operation['security'] ?? this.root['security']).map(canonical)),
      rest: 'callbacks' in operation ? { callbacks: operation['callbacks'] } : {},
    };
  }

  private readBody(operation: Node, bodyParts: readonly Node[]): Operation['body'] {
    if (isNode(operation['requestBody'])) {
      const body = this.follow(operation['requestBody']);
      return { isRequired: body['required'] === true, content: readContent(body) };
    }
    const [first] = bodyParts;
    if (first === undefined) return undefined;
    const isForm = first['in'] === 'formData';
    const schema = isForm ? formSchema(bodyParts) : first['schema'];
    const media = asList(operation['consumes'] ?? this.root['consumes']);
    const types =
      media.length > 0 ? media : [isForm ? 'application/x-www-form-urlencoded' : 'application/json'];
    return {
      isRequired: bodyParts.some((part) => part['required'] === true),
      content: new Map(types.map((type) => [String(type), schema])),
    };
  }

  private readResponse(
    response: Node,
    operation: Node,
  ): { content: Content; headers: Map<string, Parameter> } {
    const headers = Object.entries(asNode(response['headers'])).map(([name, header]): [string, Parameter] => [
      name.toLowerCase(),
      { ...readParameter(this.follow(header)), name },
    ]);
    return { content: this.responseContent(response, operation), headers: new Map(headers) };
  }

  private responseContent(response: Node, operation: Node): Content {
    if (response['schema'] === undefined) return readContent(response);
    const media = asList(operation['produces'] ?? this.root['produces']);
    const types = media.length > 0 ? media : ['application/json'];
    return new Map(types.map((type) => [String(type), response['schema']]));
  }
}

function isBodyPart(parameter: Node): boolean {
  return parameter['in'] === 'body' || parameter['in'] === 'formData';
}

function parameterKey(parameter: Node): string {
  const name = String(parameter['name']);
  // A path parameter may be renamed at will: its place in the path says which one it is, so it is compared by name only
  // where the name stayed.
  return `${String(parameter['in'])} ${parameter['in'] === 'header' ? name.toLowerCase() : name}`;
}

function readParameter(parameter: Node): Parameter {
  const content = Object.values(asNode(parameter['content']))[0];
  const { style, explode, collectionFormat } = parameter;
  return {
    name: String(parameter['name']),
    in: String(parameter['in']),
    isRequired: parameter['required'] === true || parameter['in'] === 'path',
    // Swagger 2 has the keywords of the schema beside the name.
    schema:
      parameter['schema'] ?? (content === undefined ? parameterSchema(parameter) : asNode(content)['schema']),
    encoding: canonical({ style, explode, collectionFormat }),
  };
}

function parameterSchema(parameter: Node): Node {
  const others = [
    'name',
    'in',
    'required',
    'style',
    'explode',
    'collectionFormat',
    'allowReserved',
    'allowEmptyValue',
  ];
  return Object.fromEntries(Object.entries(parameter).filter(([key]) => !others.includes(key)));
}

function formSchema(parts: readonly Node[]): Node {
  return {
    type: 'object',
    properties: Object.fromEntries(parts.map((part) => [String(part['name']), parameterSchema(part)])),
    required: parts.filter((part) => part['required'] === true).map((part) => String(part['name'])),
  };
}

function readContent(holder: Node): Content {
  return new Map(
    Object.entries(asNode(holder['content'])).map(([type, media]) => [
      type.toLowerCase(),
      asNode(media)['schema'],
    ]),
  );
}
