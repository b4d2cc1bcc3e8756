/** The public names of every package. After a wanted change: `npx vitest run --project test exports -u`. @module */
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "./support/packages.js";

const entries = [
  ["core", "packages/core/src/index.ts"],
  ["core-maps", "packages/core/src/maps/index.ts"],
  ["core-packages", "packages/core/src/packages/index.ts"],
  ["core-diagnose", "packages/core/src/diagnose/index.ts"],
  ["core-backup", "packages/core/src/backup/index.ts"],
  ["core-board", "packages/core/src/board/index.ts"],
  ["core-console", "packages/core/src/console/index.ts"],
  ["core-port", "packages/core/src/port/index.ts"],
  ["core-demo", "packages/core/src/demo/index.ts"],
  ["core-language", "packages/core/src/language/index.ts"],
  ["core-messages", "packages/core/src/messages/index.ts"],
  ["node-transport", "packages/node-transport/src/index.ts"],
  ["agent", "apps/agent/src/index.ts"],
  ["web-transport", "packages/web-transport/src/index.ts"],
  ["web-transport-agent", "packages/web-transport/src/agent/index.ts"],
  ["web-transport-agent-session", "packages/web-transport/src/agent-session/index.ts"],
  ["web-transport-agent-protocol", "packages/web-transport/src/agent-protocol/index.ts"],
  ["virtual-device", "packages/virtual-device/src/index.ts"],
  ["virtual-device-node", "packages/virtual-device/src/node.ts"],
] as const;

const program = createProgram(entries.map(([, file]) => join(root, file)));

describe("the public names", () => {
  it.each(entries)("of %s are those of its list", async (name, file) => {
    await expect(publicNames(join(root, file))).toMatchFileSnapshot(`./exports/${name}.txt`);
  });
});

function createProgram(files: string[]): ts.Program {
  const file = join(root, "tsconfig.base.json");
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
  return ts.createProgram(files, options);
}

/** One line for each name, sorted: `value` for what is there at run time, `type` for what is not. */
function publicNames(file: string): string {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
  const symbols = module ? checker.getExportsOfModule(module) : [];
  return symbols
    .map((symbol) => `${symbol.name} (${kindOf(symbol, checker)})\n`)
    .sort()
    .join("");
}

function kindOf(symbol: ts.Symbol, checker: ts.TypeChecker): "value" | "type" {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.flags & ts.SymbolFlags.Value ? "value" : "type";
}
