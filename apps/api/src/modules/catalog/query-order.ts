import { AppError } from '../../platform/errors/app-error.ts';
import { toIndexKey } from './read-index/query-path.ts';
import type { OrderField } from './read-index/sort-order.ts';

/** Parses the `orderField` parameters of by-query: `path`, `path,asc` or `path,desc`. */
export function parseOrderFields(parameters: readonly string[]): OrderField[] {
  return parameters.map((parameter) => {
    const [field = '', direction = 'asc', ...rest] = parameter.split(',').map((part) => part.trim());
    return toOrderField(rest.length === 0 ? field : '', direction, `"${parameter}" is no order`);
  });
}

/** Parses the `order` parameters of the older list: `asc:path` or `desc:path`. */
export function parseListOrder(parameters: readonly string[]): OrderField[] {
  return parameters.map((parameter) => {
    const colon = parameter.indexOf(':');
    const direction = parameter.slice(0, Math.max(colon, 0)).trim();
    return toOrderField(parameter.slice(colon + 1), direction, `"${parameter}" is no order`);
  });
}

/** The `orderBy` of a body, whose form is checked already. */
export function parseOrderBy(fields: readonly { field: string; order: 'asc' | 'desc' }[]): OrderField[] {
  return fields.map(({ field, order }) => toOrderField(field, order, `"${field}" cannot be sorted by`));
}

function toOrderField(path: string, direction: string, complaint: string): OrderField {
  const field = toIndexKey(path, 'catalog.bad-order');
  if (field !== '' && (direction === 'asc' || direction === 'desc')) return { field, direction };
  throw new AppError(
    'catalog.bad-order',
    `${complaint}. Name a path and a direction: orderField=metadata.name,asc, or order=asc:metadata.name in the older list.`,
  );
}
