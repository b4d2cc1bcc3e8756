/** TypeScript examples of README files: found, checked against the sources, and run. @module */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "./packages.js";

/** Modules by the name under which an example imports them. */
export type Modules = Readonly<Record<string, object>>;

/** The TypeScript blocks of a Markdown file, named from the root, in their order. */
export function examplesOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
}

/**
 * What the compiler says of an example under options as strict as any reader's, one entry a complaint.
 * @param preamble declarations of what the example takes for given
 */
export function complaintsAbout(example: string, preamble: string): string[] {
  const file = join(root, "test", "readme-example.mts");
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  const text = `${preamble}\n${example}\nexport {};\n`;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
      : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

/** The base options, with the packages' sources in place of what was built from them last. */
function compilerOptions(): ts.CompilerOptions {
  const base = ts.readConfigFile(join(root, "tsconfig.base.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...base.config, files: [] }, ts.sys, root);
  return {
    ...options,
    noEmit: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    // An example may name a result only to show it.
    noUnusedLocals: false,
    types: ["node"],
    paths: {
      "@flashwright/core": [join(root, "packages/core/src/index.ts")],
      ...Object.fromEntries(
        ["backup", "diagnose", "language", "maps", "messages", "packages", "port"].map((name) => [
          `@flashwright/core/${name}`,
          [join(root, `packages/core/src/${name}/index.ts`)],
        ]),
      ),
      "@flashwright/node-transport": [join(root, "packages/node-transport/src/index.ts")],
      "@flashwright/web-transport": [join(root, "packages/web-transport/src/index.ts")],
      "@flashwright/virtual-device": [join(root, "packages/virtual-device/src/index.ts")],
    },
  };
}

/**
 * Runs an example.
 * @param modules what its imports are answered with: the real modules, or stand-ins for ports that are not there
 * @param globals further names that it may use, `console` among them
 * @returns the values of its top-level names in `results`
 */
export async function runExample(
  example: string,
  modules: Modules,
  globals: Readonly<Record<string, unknown>>,
  results: readonly string[] = [],
): Promise<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(example, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const load = (name: string) => {
    if (!Object.hasOwn(modules, name))
      throw new Error(`the example imports ${name}, which this test does not give it`);
    return modules[name];
  };
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const scope = { require: load, exports: {}, ...globals };
  const body = `${outputText}\nreturn { ${results.join(", ")} };`;
  return AsyncFunction(...Object.keys(scope), body)(...Object.values(scope));
}
