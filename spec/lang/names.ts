import { DeclarationError } from "./errors.ts";

/**
 * Names that an author chooses. All that TypeScript allows work, and one way of writing one of them does not: JavaScript takes
 * `{ __proto__: value }` for the prototype of the object, so that the field would be lost without a word.
 */
export function refuseLostName(declared: object, what: string): void {
  const prototype: unknown = Object.getPrototypeOf(declared);
  if (prototype === Object.prototype || prototype === null) return;
  throw new DeclarationError(
    `${what}: in an object literal __proto__ is not a name but the prototype of the object`,
    'Write ["__proto__"]: ..., with the brackets, or another name.',
  );
}
