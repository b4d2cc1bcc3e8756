import { describe, expect, it } from "vitest";
import { isFlasherError } from "../errors.js";
import { planFlash } from "../planning/plan-flash.js";
import { esp8266 } from "../targets/esp8266/esp8266.js";
import { parsePlan } from "./parse-plan.js";
import type { FlashPlan } from "./plan.js";

function planFor(loader: "rom" | "stub"): FlashPlan {
  const image = (name: string, offset: number, size: number) => ({
    name,
    offset,
    bytes: new Uint8Array(size).fill(0x5a),
  });
  const images = [image("a.bin", 0x1000, 0x1800), image("b.bin", 0x4000, 0x1000), image("c.bin", 0x5800, 8)];
  const contents = loader === "stub" ? [{ offset: 0x2000, bytes: new Uint8Array(0x4000).fill(0x77) }] : [];
  const chip = { mac: "5c:cf:7f:02:9a:b7", flashSize: 0x400000, loader };
  return planFlash({ target: esp8266, chip, images, contents }).plan;
}

/** The stub's plan with one field changed: `writes.0.region.offset`. */
function changed(path: string, value: unknown, plan: FlashPlan = planFor("stub")): unknown {
  const copy = JSON.parse(JSON.stringify(plan));
  const names = path.split(".");
  const last = names.pop() as string;
  const parent = names.reduce((object, name) => object[name], copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

const sectors = (offset: number, count: number) => ({ offset, size: count * 0x1000 });

/** Where `parsePlan` finds fault. */
function faultOf(data: unknown): unknown {
  try {
    return parsePlan(data);
  } catch (error) {
    return isFlasherError(error, "plan-format") ? error.params.path : error;
  }
}

describe("parsePlan", () => {
  it.each(["rom", "stub"] as const)("returns the plan for the %s as it was written to JSON", (loader) => {
    const plan = planFor(loader);
    expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it("takes the MAC of a chip whose eFuses name no maker", () => {
    const plan = changed("mac", "??:??:??:02:9a:b7");
    expect(parsePlan(plan)).toEqual(plan);
  });

  it("leaves out what a later version added", () => {
    expect(parsePlan(changed("colour", "green"))).toEqual(planFor("stub"));
  });

  it.each([null, undefined, 7, "plan", [], [1]])("refuses %j as a whole", (data) => {
    expect(faultOf(data)).toBe("");
  });

  it.each([
    ["format", "flashwright/error"],
    ["version", 1],
    ["intent", "try"],
    ["firmware", { family: "forth" }],
    ["firmware", { family: "espruino", build: 7 }],
    ["header", { mode: { name: "dio", reason: { code: "header-as-asked", params: {} } } }],
    ["boots", { slot: "user3", offset: 0x1000 }],
    ["target", ""],
    ["mac", "5C:CF:7F:02:9A:B7"],
    ["flashSize", 0x400001],
    ["flashSize", Number.MAX_SAFE_INTEGER],
    ["loader", "magic"],
    ["eraseChip", "no"],
    ["images", {}],
    ["writes", undefined],
    ["images.0.name", 5],
    ["images.0.offset", -4],
    ["images.0.size", 0.5],
    ["images.0.size", 0x400000],
    ["images.1.sha256", "5A"],
    ["writes.0.region", null],
    ["writes.0.region.offset", 0x400000],
    ["writes.0.region.size", "4096"],
    ["writes.0.images.0", null],
    ["writes.0.fills.0.fate", "saved"],
    ["erases.0", { offset: 0x8000, size: 0x800 }],
    ["accounts.0.fate", "doomed"],
    ["accounts.0.owner", "me"],
    ["accounts.0.holds.0", ""],
    ["accounts.0.reason", { code: "no-such-code", params: {} }],
    ["accounts.0.backedUp", undefined],
    ["accounts.0.md5", "d41d8cd98f00b204e9800998ecf8427"],
    ["warnings.0.code", "toString"],
    ["warnings.0.params", { offset: { deep: 1 } }],
  ])("names %s where it is %j", (path, value) => {
    const fault = faultOf(changed(path, value));
    expect(String(fault).startsWith(path.replace(/\.(\d+)/g, "[$1]"))).toBe(true);
  });

  it.each([
    ["a region that is not of whole sectors", "writes.0.region.size", 0x1800, "writes[0].region"],
    ["an erase that leaves out what is written", "writes.0.erases.size", 0x1000, "writes[0].erases"],
    ["an erase that is hidden", "writes.0.fills", [], "writes[0].fills"],
    ["an image that no write names", "writes.0.images", [], "writes[0].images"],
    ["an image that is not in the write that names it", "images.1.offset", 0x8000, "writes[1].images"],
    ["an image in no write", "images.3", { ...planFor("stub").images[0], offset: 0x8000 }, "images"],
    ["images that overlap", "images.1.offset", 0x2000, "images"],
    ["writes that overlap", "writes.1.region", { offset: 0x2000, size: 0x3000 }, "writes[1].region"],
    ["erases that overlap", "erases", [sectors(0x8000, 2), sectors(0x9000, 1)], "erases[1]"],
    ["an erase that no account tells", "erases", [sectors(0x8000, 1)], "accounts[4].fate"],
    ["an account for what is not written", "accounts.0.fate", "written", "accounts[0].fate"],
    ["an account for what is not erased", "accounts.0.fate", "erased", "accounts[0].fate"],
    ["what is said to be there already, without a digest", "accounts.4.fate", "equal", "accounts[4].md5"],
    ["a sector that is written and said to be there already", "accounts.1.fate", "equal", "accounts[1].fate"],
    ["a sector that is written and said to be kept", "accounts.1.fate", "kept", "accounts[1].fate"],
    ["a sector without an account", "accounts.1.region.size", 0x1000, "accounts[2].region"],
    ["an end without an account", "accounts.4.region.size", 0x1000, "accounts"],
    ["a fill inside an image", "writes.0.fills.0.region.offset", 0x2000, "writes[0].fills"],
    ["a fill beyond what is erased", "writes.0.fills.0.region.size", 0x1000, "writes[0].fills"],
  ])("refuses %s", (_, path, value, fault) => {
    expect(faultOf(changed(path, value))).toBe(fault);
  });

  it("refuses to keep what lies in the sector that the mask ROM takes with it", () => {
    const { plan } = planFlash({
      target: esp8266,
      chip: { mac: "5c:cf:7f:02:9a:b7", flashSize: 0x400000, loader: "rom" },
      images: [{ name: "a", offset: 0, bytes: new Uint8Array(0x1000) }],
    });
    expect(plan.writes[0].erases.size).toBe(0x2000);
    const kept = plan.writes[0].fills.map((fill) => ({ ...fill, fate: "kept" }));
    expect(faultOf(changed("writes.0.fills", kept, plan))).toBe("writes[0].fills");
  });

  it("refuses lists that no flash is long enough for", () => {
    expect(faultOf(changed("warnings", new Array(5000).fill({ code: "internal", params: {} })))).toBe(
      "warnings",
    );
  });

  it("does not take inherited fields for the plan's own", () => {
    expect(faultOf(Object.create(planFor("stub")))).toBe("format");
  });

  it("says which field is wrong, and what to do", () => {
    try {
      parsePlan(changed("writes.0.region.size", 7));
      expect.unreachable();
    } catch (error) {
      expect(isFlasherError(error) && [error.message, error.hint]).toEqual([
        "This is not a plan that this version can run: its `writes[0].region` is not whole sectors within the flash.",
        "Make a new plan with this version.",
      ]);
    }
  });
});
