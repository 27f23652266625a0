/** Makes a model out of the text of a program: the one place of the fuzzer where text becomes code. */

import * as lang from "../../spec/lang/index.ts";
import { instantiate, type Model, type ModelDeclaration } from "../../spec/lang/index.ts";
import { vocabulary } from "./program.suite.ts";

const wordsByName: Readonly<Record<string, unknown>> = { ...lang };

/** Runs the body of a module, which makes `models`. Throws what it throws. */
export function declarationOf(body: string): ModelDeclaration {
  const words = vocabulary.map((word) => wordsByName[word]);
  const run = new Function(...vocabulary, `"use strict";\n${body}\nreturn models[0];`);
  return run(...words) as ModelDeclaration;
}

export function modelOfDeclaration(declaration: ModelDeclaration): Model {
  const model = instantiate(declaration);
  if (!model.ok) throw new RangeError(JSON.stringify(model.problems));
  return model.value;
}
