import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import {
  type ImportFact,
  importsOf,
  isTestFile,
  type PackageName,
  packageFolders,
  root,
  sourceFiles,
} from "./support/packages.js";

const names = Object.keys(packageFolders) as PackageName[];
const factsOf = new Map(names.map((name) => [name, sourceFiles(name).flatMap(importsOf)]));
const shipped = (name: PackageName) => factsOf.get(name)!.filter(({ file }) => !isTestFile(file));
const isOurs = (specifier: string) => /^(@flashwright\/|flashwright(\/|$))/.test(specifier);
const say = ({ file, specifier }: ImportFact) => `${file} imports ${specifier}`;

describe("the packages", () => {
  it("have sources to look at", () => {
    for (const name of names) expect(sourceFiles(name).length).toBeGreaterThan(0);
  });

  it.each<[PackageName, (fact: ImportFact) => boolean]>([
    ["@flashwright/core", () => false],
    ["@flashwright/node-transport", ({ specifier }) => isCore(specifier)],
    ["@flashwright/web-transport", ({ specifier }) => isCore(specifier)],
    ["@flashwright/virtual-device", isTransportType],
    ["@flashwright/agent", isAllowedInAgent],
    ["flashwright", isAllowedInCli],
    ["@flashwright/web", isAllowedInWeb],
  ])("%s imports of ours only what it may", (name, isAllowed) => {
    const strays = shipped(name).filter((fact) => isOurs(fact.specifier) && !isAllowed(fact));
    expect(strays.map(say)).toEqual([]);
  });

  it("leave their own folder only from a test, and only for the support of tests", () => {
    const strays = names.flatMap((name) =>
      factsOf.get(name)!.filter((fact) => {
        const target = relativeTarget(fact);
        if (target === undefined || target.startsWith(`${packageFolders[name]}/`)) return false;
        return !(isTestFile(fact.file) && target.startsWith("test/support/"));
      }),
    );
    expect(strays.map(say)).toEqual([]);
  });

  it("ship nothing that imports a test or its helpers", () => {
    const strays = names.flatMap((name) =>
      shipped(name).filter((fact) => isTestFile(relativeTarget(fact) ?? "")),
    );
    expect(strays.map(say)).toEqual([]);
  });

  it("declare every package that their sources import", () => {
    const strays = names.flatMap((name) => {
      const manifest = JSON.parse(readFileSync(join(root, packageFolders[name], "package.json"), "utf8"));
      // Core takes one data file out of a package that is bundled, and so is a dependency of its build alone.
      const bundled = name === "@flashwright/core" ? ["esptool-js"] : [];
      // The page and the button are published as they are built, with all that they need in them.
      const needed = name === "@flashwright/web" ? manifest.devDependencies : manifest.dependencies;
      const declared = [...Object.keys(needed ?? {}), ...bundled];
      return shipped(name).filter(
        ({ specifier }) => isForeign(specifier) && !declared.includes(bare(specifier)),
      );
    });
    expect(strays.map(say)).toEqual([]);
  });

  it("name no Node module outside of the code that is for Node", () => {
    const strays = (
      ["@flashwright/core", "@flashwright/virtual-device", "@flashwright/web"] as const
    ).flatMap((name) =>
      shipped(name).filter(
        ({ file, specifier }) =>
          specifier.startsWith("node:") && !/^packages\/virtual-device\/src\/(serve\/|node\.ts$)/.test(file),
      ),
    );
    expect(strays.map(say)).toEqual([]);
  });

  it.each(names)("%s has no import cycle", (name) => {
    expect(findCycle(shipped(name))).toBeUndefined();
  });
});

describe("the search for cycles", () => {
  const fact = (file: string, specifier: string, isTypeOnly = false): ImportFact => ({
    file,
    specifier,
    isTypeOnly,
    isLazy: false,
    names: [],
  });

  it("finds one over several folders, and names its files", () => {
    const facts = [
      fact("a/one.ts", "./two.js"),
      fact("a/two.ts", "../b/three.js"),
      fact("b/three.ts", "../a/two.js"),
    ];
    expect(findCycle(facts)).toEqual(["a/two.ts", "b/three.ts", "a/two.ts"]);
  });

  it("lets types go round, and two ways lead to one file", () => {
    const facts = [
      fact("a/one.ts", "./two.js"),
      fact("a/two.ts", "./one.js", true),
      fact("a/one.ts", "./three.js"),
      fact("a/three.ts", "./two.js"),
    ];
    expect(findCycle(facts)).toBeUndefined();
  });
});

describe("core's compiler settings", () => {
  it("know neither the DOM nor Node", () => {
    const folder = join(root, "packages/core");
    const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
    expect(options.lib).toEqual(["lib.es2022.d.ts"]);
    expect(options.types).toEqual([]);
    const platform = ["setTimeout", "console", "process", "Buffer", "window", "fetch", "TextDecoder"];
    expect(unknownNames(platform, options)).toEqual(platform);
    expect(unknownNames(["Uint8Array", "Promise"], options)).toEqual([]);
  });
});

/** The wire between host and board, and nothing that knows what goes over it. */
function isTransportType({ specifier, isTypeOnly, names }: ImportFact): boolean {
  const wire = [
    "Transport",
    "Clock",
    "SignalStep",
    "TransportEnd",
    "TransportCapabilities",
    "AbortSignalLike",
  ];
  return (
    specifier === "@flashwright/core" &&
    isTypeOnly &&
    names.length > 0 &&
    names.every((name) => wire.includes(name))
  );
}

/**
 * The agent moves bytes: it knows transports and their types, what it says to its clients, and lazily a virtual board. The
 * terminal that asks an agent which runs already is a client like others. Its page is `apps/web`, taken as files.
 */
function isAllowedInAgent({ file, specifier, isLazy, isTypeOnly }: ImportFact): boolean {
  if (specifier.startsWith("@flashwright/virtual-device")) return isLazy || isTypeOnly;
  if (file === "apps/agent/src/life/terminal-link.ts" && specifier === "@flashwright/web-transport/agent")
    return true;
  return (
    specifier === "@flashwright/core" ||
    specifier === "@flashwright/node-transport" ||
    specifier === "@flashwright/web-transport/agent-protocol"
  );
}

/** A command that needs no virtual board must not wait for one to load. */
function isAllowedInCli({ specifier, isLazy, isTypeOnly }: ImportFact): boolean {
  if (/^@flashwright\/(virtual-device|agent$)/.test(specifier)) return isLazy || isTypeOnly;
  return (
    isCore(specifier) ||
    specifier === "@flashwright/node-transport" ||
    specifier === "@flashwright/web-transport/agent"
  );
}

/** The page and its worker; who has a real board must not wait for a virtual one to load. */
function isAllowedInWeb({ specifier, isLazy, isTypeOnly }: ImportFact): boolean {
  if (specifier.startsWith("@flashwright/virtual-device")) return isLazy || isTypeOnly;
  return isCore(specifier) || specifier.startsWith("@flashwright/web-transport");
}

/** Core, or one of its entry points. */
function isCore(specifier: string): boolean {
  return /^@flashwright\/core(\/(maps|packages|diagnose|backup|board|console|port|demo|language|messages))?$/.test(
    specifier,
  );
}

function isForeign(specifier: string): boolean {
  return !specifier.startsWith(".") && !specifier.startsWith("node:");
}

/** The package of a specifier: `@noble/hashes/legacy.js` is of `@noble/hashes`. */
function bare(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** The file that a relative import names, from the root; `undefined` for a package. */
function relativeTarget({ file, specifier }: ImportFact): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const target = posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts");
  const withMarkup = target.replace(/\.ts$/, ".tsx");
  return existsSync(join(root, withMarkup)) ? withMarkup : target;
}

/** A cycle among imports that are there at run time, as the files on it; the first one found. */
function findCycle(facts: readonly ImportFact[]): string[] | undefined {
  const edges = new Map<string, string[]>();
  for (const fact of facts) {
    const target = fact.isTypeOnly ? undefined : relativeTarget(fact);
    if (target) edges.set(fact.file, [...(edges.get(fact.file) ?? []), target]);
  }
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of edges.get(file) ?? []) {
      const cycle = walk(target, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of edges.keys()) {
    const cycle = walk(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** Which of some global names the compiler does not know under these settings. */
function unknownNames(candidates: readonly string[], options: ts.CompilerOptions): string[] {
  const probe = join(root, "packages/core/src/probe.ts");
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const text = candidates.map((name) => `${name};`).join("\n");
  host.fileExists = (file) => file === probe || fileExists(file);
  host.getSourceFile = (file, ...rest) =>
    file === probe ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022) : getSourceFile(file, ...rest);
  const program = ts.createProgram([probe], options, host);
  const lines = program
    .getSemanticDiagnostics(program.getSourceFile(probe))
    .map(({ start }) => text.slice(0, start).split("\n").length - 1);
  return candidates.filter((_, line) => lines.includes(line));
}
