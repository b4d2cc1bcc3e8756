/** The packages of the workspace and how their modules name each other. @module */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The root of the workspace. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A package's folder, from the root, by its name. */
export const packageFolders = {
  "@flashwright/core": "packages/core",
  "@flashwright/node-transport": "packages/node-transport",
  "@flashwright/web-transport": "packages/web-transport",
  "@flashwright/virtual-device": "packages/virtual-device",
  "@flashwright/agent": "apps/agent",
  flashwright: "apps/cli",
  "@flashwright/web": "apps/web",
} as const;
export type PackageName = keyof typeof packageFolders;

/** One import or re-export of a module. */
export interface ImportFact {
  /** The importing file, from the root, with forward slashes. */
  readonly file: string;
  readonly specifier: string;
  /** Nothing of it is left at run time. */
  readonly isTypeOnly: boolean;
  /** `import("...")`: loaded only when it is reached. */
  readonly isLazy: boolean;
  /** The names that are imported; empty for a namespace, a lazy or a bare import. */
  readonly names: readonly string[];
}

/** Every TypeScript file of a package's sources, from the root, with forward slashes, sorted. */
export function sourceFiles(name: PackageName): string[] {
  const folder = join(root, packageFolders[name], "src");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => relative(root, join(folder, file)).split(sep).join("/"))
    .sort();
}

/** Whether a file is a test or stands by one: neither is part of the package. */
export function isTestFile(file: string): boolean {
  return /\.(test|fixture)\.ts$|\/(fake|test)-[^/]*\.ts$|\/(test|testing|fixtures)\//.test(file);
}

/** What a file imports, read from its syntax tree. */
export function importsOf(file: string): ImportFact[] {
  const text = readFileSync(join(root, file), "utf8");
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const facts: ImportFact[] = [];
  const visit = (node: ts.Node): void => {
    const fact = importFact(file, node);
    if (fact) facts.push(fact);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return facts;
}

function importFact(file: string, node: ts.Node): ImportFact | undefined {
  if (ts.isImportDeclaration(node)) return importDeclaration(file, node);
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) return exportDeclaration(file, node);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return { file, specifier: textOf(node.arguments[0]), isTypeOnly: false, isLazy: true, names: [] };
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return { file, specifier: textOf(node.argument.literal), isTypeOnly: true, isLazy: false, names: [] };
  return undefined;
}

function importDeclaration(file: string, node: ts.ImportDeclaration): ImportFact {
  const clause = node.importClause;
  const named =
    clause?.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings : undefined;
  const elements = named?.elements ?? [];
  const allAreTypes = elements.length > 0 && elements.every((element) => element.isTypeOnly) && !clause?.name;
  return {
    file,
    specifier: textOf(node.moduleSpecifier),
    isTypeOnly: clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || allAreTypes,
    isLazy: false,
    names: elements.map((element) => (element.propertyName ?? element.name).text),
  };
}

function exportDeclaration(file: string, node: ts.ExportDeclaration): ImportFact {
  const clause = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause : undefined;
  const elements = clause?.elements ?? [];
  return {
    file,
    specifier: textOf(node.moduleSpecifier),
    isTypeOnly: node.isTypeOnly || (elements.length > 0 && elements.every((element) => element.isTypeOnly)),
    isLazy: false,
    names: elements.map((element) => (element.propertyName ?? element.name).text),
  };
}

function textOf(node: ts.Node | undefined): string {
  return node && ts.isStringLiteralLike(node) ? node.text : "(computed)";
}
