/** Runs statements. @module */
import type { Routine } from "../../../chip/cpu.js";
import type { Expression, Statement } from "./parse.js";
import { asInteger, asText, isArray, isObject, ScriptError, type Value, type ValueObject } from "./values.js";

/** The names that a script finds: variables of its own before what the firmware has. */
export interface Scope {
  readonly builtIn: ValueObject;
  readonly variables: Map<string, Value>;
}

/** Runs statements in order and gives the value of the last. @throws ScriptError */
export function* run(statements: readonly Statement[], scope: Scope): Routine<Value> {
  let result: Value;
  for (const { target, expression } of statements) {
    result = yield* evaluate(expression, scope);
    if (target !== undefined) scope.variables.set(target, result);
  }
  return result;
}

function* evaluate(expression: Expression, scope: Scope): Routine<Value> {
  switch (expression.kind) {
    case "value":
      return expression.value;
    case "name":
      return lookUp(expression.name, scope);
    case "member":
      return member(yield* evaluate(expression.of, scope), yield* evaluate(expression.key, scope));
    case "call":
      return yield* call(expression, scope);
    case "array":
      return yield* evaluateAll(expression.items, scope);
    case "object": {
      const values = yield* evaluateAll(
        expression.entries.map(([, value]) => value),
        scope,
      );
      return Object.fromEntries(expression.entries.map(([name], i) => [name, values[i]]));
    }
  }
}

function* evaluateAll(expressions: readonly Expression[], scope: Scope): Routine<Value[]> {
  const values: Value[] = [];
  for (const expression of expressions) values.push(yield* evaluate(expression, scope));
  return values;
}

function* call({ callee, args }: Expression & { kind: "call" }, scope: Scope): Routine<Value> {
  const target = yield* evaluate(callee, scope);
  if (typeof target !== "function") throw new ScriptError("Error", `Function "${nameOf(callee)}" not found!`);
  return yield* target(...(yield* evaluateAll(args, scope)));
}

function lookUp(name: string, { builtIn, variables }: Scope): Value {
  if (variables.has(name)) return variables.get(name);
  if (Object.hasOwn(builtIn, name)) return builtIn[name];
  throw new ScriptError("ReferenceError", `"${name}" is not defined`);
}

function member(of: Value, key: Value): Value {
  if (of === undefined || of === null) {
    throw new ScriptError("Error", `Cannot read property '${asText(key)}' of ${of}`);
  }
  if (isObject(of)) return Object.hasOwn(of, asText(key)) ? of[asText(key)] : undefined;
  if (typeof of !== "string" && !isArray(of) && !(of instanceof Uint8Array)) return undefined;
  return key === "length" ? of.length : of[typeof key === "number" ? asInteger(key) : -1];
}

function nameOf(expression: Expression): string {
  if (expression.kind === "name") return expression.name;
  const isNamed = expression.kind === "member" && expression.key.kind === "value";
  return isNamed ? asText((expression.key as Expression & { kind: "value" }).value) : "?";
}
