/** The published JSON schema is made from the one that the program checks with. `UPDATE_FORMATS=1` writes it. @module */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { toJsonSchema } from "@valibot/to-json-schema";
import { expect, it } from "vitest";
import { configSchema } from "./schema.js";
import { settings } from "./setting.js";

const published = fileURLToPath(new URL("../../schema/flashwright.config.schema.json", import.meta.url));

it("the published schema is the one that the program checks with", () => {
  const made = { title: "Settings of Flashwright", ...toJsonSchema(configSchema) };
  if (process.env.UPDATE_FORMATS === "1") {
    mkdirSync(dirname(published), { recursive: true });
    writeFileSync(published, `${JSON.stringify(made, null, 2)}\n`);
  }
  expect(JSON.parse(readFileSync(published, "utf8"))).toEqual(made);
});

it("the schema has every setting, each described, and nothing else but its own name", () => {
  const { properties, additionalProperties } = toJsonSchema(configSchema);
  expect(Object.keys(properties ?? {})).toEqual(["$schema", ...settings.map(({ name }) => name)]);
  expect(
    Object.values(properties ?? {}).map((one) => typeof (one as { description?: string }).description),
  ).toEqual(Array(9).fill("string"));
  expect(additionalProperties).toBe(false);
});
