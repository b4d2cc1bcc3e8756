import { copyFile } from "node:fs/promises";
import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/node.ts"],
  // The configuration with the types of Node; that the board itself needs none is checked by `typecheck`.
  tsconfig: "tsconfig.node.json",
  format: "esm",
  target: "es2022",
  dts: true,
  clean: true,
  sourcemap: true,
  splitting: true,
  // The helper is found beside the module that starts it, in the sources as in the package.
  onSuccess: () => copyFile("src/serve/pty-helper.py", "dist/pty-helper.py"),
});
