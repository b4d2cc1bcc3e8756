/** The licences that go with a build: `build.license` lists what the page imports, this what the packages behind its worker do. @module */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

const PACKAGES = ["core", "virtual-device", "web-transport"];

/** Emits `licences-engine.txt`: the licences of everything that our own packages bring along, and of the stub. */
export function engineLicences(): Plugin {
  return {
    name: "engine-licences",
    apply: "build",
    generateBundle() {
      const texts = new Map(PACKAGES.flatMap(licencesOf));
      const source = [...texts].map(([name, text]) => `${name}\n\n${text.trim()}\n`).join("\n----\n\n");
      this.emitFile({ type: "asset", fileName: "licences-engine.txt", source });
    },
  };
}

/** By name and version: each foreign package, and what a package says of parts of others that it holds. */
function licencesOf(name: string): [string, string][] {
  const folder = new URL(`../../../packages/${name}/`, import.meta.url);
  const { dependencies = {} } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
  const foreign = Object.entries<string>(dependencies).filter(
    ([, version]) => !version.startsWith("workspace:"),
  );
  const notice = new URL("THIRD-PARTY.md", folder);
  return [
    ...foreign.map(([dependency, version]): [string, string] => [
      `${dependency} ${version}`,
      licenceIn(new URL(`node_modules/${dependency}/`, folder)),
    ]),
    ...(existsSync(notice)
      ? [[`@flashwright/${name}`, readFileSync(notice, "utf8")] as [string, string]]
      : []),
  ];
}

/** @throws Error where a package brings no licence: it could not be handed on */
function licenceIn(folder: URL): string {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${folder.pathname} has no licence file.`);
  return readFileSync(new URL(file, folder), "utf8");
}
