/** Which types are ids, and which hold them. */
import { ts } from "ts-morph";
import type { Context } from "./context.ts";

/** `Id<...>`, alone or in a union such as `Id<"s"> | null`. */
export function isIdType(type: ts.Type, context: Context): boolean {
  if (type.isUnion()) return type.types.some((one) => isIdType(one, context));
  if ((type.flags & ts.TypeFlags.TypeParameter) !== 0) {
    const constraint = context.checker.getBaseConstraintOfType(type);
    return constraint !== undefined && constraint !== type && isIdType(constraint, context);
  }
  return type.symbol?.name === "Id" && context.isOfVocabulary(type.symbol);
}

/** Ids, null and undefined, and nothing else. */
export function isIdOrAbsent(type: ts.Type, context: Context): boolean {
  if (type.isUnion()) return type.types.every((one) => isIdOrAbsent(one, context));
  return (type.flags & absentFlags) !== 0 || isIdType(type, context);
}

const absentFlags = ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Never;

/** An array of ids: its positions follow the numbers of the ids. A tuple's positions are the author's own. */
export function isIdArray(type: ts.Type, context: Context): boolean {
  if (type.isUnion()) return type.types.some((one) => isIdArray(one, context));
  if (context.checker.isTupleType(type)) return false;
  const isArray = context.checker.isArrayType(type) || type.symbol?.name === "IdSet";
  const element = isArray ? context.checker.getIndexTypeOfType(type, ts.IndexKind.Number) : undefined;
  return element !== undefined && isIdType(element, context);
}

/** Text, numbers, booleans, null and undefined: what is equal by ===, and safe to put into text. */
export function isPlainType(type: ts.Type, context: Context): boolean {
  if (type.isUnion()) return type.types.every((one) => isPlainType(one, context));
  return (type.flags & plainFlags) !== 0;
}

const plainFlags =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.Null |
  ts.TypeFlags.Undefined |
  ts.TypeFlags.Void |
  ts.TypeFlags.Never;

/** A record or a collection of a state: equal contents do not make them one object. An author's own objects are none. */
export function isStateType(type: ts.Type, context: Context): boolean {
  if (type.isUnionOrIntersection()) return type.types.some((one) => isStateType(one, context));
  if ((type.flags & ts.TypeFlags.Object) === 0 || isIdType(type, context)) return false;
  return context.isOfVocabulary(type.symbol) && type.getCallSignatures().length === 0;
}

/** Types that say nothing, and so would hide that a value is an id. */
export function isSilentType(type: ts.Type): boolean {
  const silent = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive;
  if ((type.flags & silent) !== 0) return true;
  const isObject = (type.flags & ts.TypeFlags.Object) !== 0 && type.symbol?.name !== "Id";
  return isObject && type.getProperties().length === 0 && type.getCallSignatures().length === 0 && !hasIndex(type);
}

function hasIndex(type: ts.Type): boolean {
  return type.getStringIndexType() !== undefined || type.getNumberIndexType() !== undefined;
}
