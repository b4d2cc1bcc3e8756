/** `npm run demo [-- args]`: from a bare clone to the demonstration on virtual boards. @module */
import { join } from "node:path";
import { bootstrapOrExit } from "./bootstrap.mjs";
import { root, runNode } from "./support/workspace.mjs";

await bootstrapOrExit();
process.exitCode = await runNode(join(root, "apps/cli/bin/flashwright.js"), [
  "demo",
  ...process.argv.slice(2),
]);
