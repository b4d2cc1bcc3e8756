/** Compiles the library that gives pseudo terminals their modem lines, and says how to run a program with it. @module */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("./ttymodem.c", import.meta.url));

/**
 * Compiles the library into a folder.
 * @returns the environment to add to a program under test; the folder is also its `modemDirectory`
 * @throws Error when there is no C compiler: ask for `cc` with `describeWith`
 */
export function buildLineLibrary(folder: string): { LD_PRELOAD: string; TTYMODEM_DIR: string } {
  const library = join(folder, "ttymodem.so");
  const flags = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"];
  execFileSync("cc", [...flags, "-o", library, SOURCE, "-ldl", "-lpthread"], { stdio: "inherit" });
  return { LD_PRELOAD: library, TTYMODEM_DIR: folder };
}
