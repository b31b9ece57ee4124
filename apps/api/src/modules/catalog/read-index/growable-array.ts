type TypedArray =
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** The array itself when it has room for `length` elements, or a copy at least twice as long. */
export function withRoom<Elements extends TypedArray>(elements: Elements, length: number): Elements {
  if (length <= elements.length) return elements;
  // Every typed array is made of a length.
  const Longer = elements.constructor as new (length: number) => Elements;
  const longer = new Longer(Math.max(length, elements.length * 2));
  longer.set(elements);
  return longer;
}
