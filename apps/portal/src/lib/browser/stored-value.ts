import { useSyncExternalStore } from 'react';
import type { z } from 'zod';

/** A value in the browser's storage that components can follow. */
export interface StoredValue<Value> {
  get: () => Value;
  /** Gives false when the browser did not take it: then it is lost with the page. */
  set: (value: Value) => boolean;
  subscribe: (listener: () => void) => () => void;
}

/**
 * Keeps a value in `localStorage`, in step with other tabs. What does not fit the schema (an older
 * version wrote it, or a person) counts as absent. Without storage the value lives as long as the page.
 */
export function createStoredValue<Value>(
  key: string,
  schema: z.ZodType<Value>,
  fallback: Value,
): StoredValue<Value> {
  const storageKey = `waymark.${key}`;
  const listeners = new Set<() => void>();
  let cached: { value: Value } | undefined;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const onStorage = (event: StorageEvent) => {
    if (event.key !== null && event.key !== storageKey) return;
    cached = undefined;
    tell();
  };
  return {
    get: () => (cached ??= { value: read(storageKey, schema) ?? fallback }).value,
    set: (value) => {
      cached = { value };
      const isKept = write(storageKey, value);
      tell();
      return isKept;
    },
    subscribe: (listener) => {
      if (listeners.size === 0) window.addEventListener('storage', onStorage);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) window.removeEventListener('storage', onStorage);
      };
    },
  };
}

/** Values of one shape under names, each made when it is first asked for; null where there is none. */
export function createStoredValues<Value>(
  prefix: string,
  schema: z.ZodType<Value | null>,
): (name: string) => StoredValue<Value | null> {
  const known = new Map<string, StoredValue<Value | null>>();
  return (name) => {
    const value = known.get(name) ?? createStoredValue<Value | null>(`${prefix}.${name}`, schema, null);
    known.set(name, value);
    return value;
  };
}

/** Follows a stored value. */
export function useStoredValue<Value>(stored: StoredValue<Value>): Value {
  return useSyncExternalStore(stored.subscribe, stored.get);
}

function read<Value>(key: string, schema: z.ZodType<Value>): Value | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    // Full or forbidden: the value still holds for this page.
    return false;
  }
}
