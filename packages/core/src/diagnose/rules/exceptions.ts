/**
 * Crashes: what each cause means, and what lies at the addresses that it names.
 *
 * @module
 */

import { containsOffset } from "../../flash/region.js";
import type { Statement } from "../../image/flash-params.js";
import { findMemory } from "../../image/image-target.js";
import { phrase } from "../../messages/catalogue.js";
import { exceptionCauseOf } from "../../targets/esp8266/exceptions.js";
import { IROM_ADDRESS, esp8266ImageTarget as target } from "../../targets/esp8266/image-target.js";
import { type CaughtException, type Facts, isDamaged, type Rule, startedSlot } from "../facts.js";
import { type FindingCode, type Fix, Severity } from "../finding.js";
import { finding } from "./make-finding.js";

/** Causes that come with an explanation of their own. */
const codes: ReadonlyMap<number, FindingCode> = new Map<number, FindingCode>([
  [0, "finding-exception-illegal"],
  [2, "finding-exception-fetch"],
  [3, "finding-exception-load-store"],
  [6, "finding-exception-division"],
  [9, "finding-exception-alignment"],
  [20, "finding-exception-jump"],
  [28, "finding-exception-read"],
  [29, "finding-exception-write"],
]);

const OTHER_CAUSE: FindingCode = "finding-exception";

/** Every finding that says of a crash how it came. */
export const CRASH_CODES: readonly FindingCode[] = [OTHER_CAUSE, ...codes.values()];

/** Where the instruction was, and the address that it asked for. */
const ADDRESSES = [
  ["epc1", "evidence-exception-code"],
  ["excvaddr", "evidence-exception-data"],
] as const;

/** Memory of the CPU that no image can name. Sources: the vendor's linker scripts. */
const OTHER_MEMORY = [
  { name: "part-peripheral-registers", address: 0x6000_0000, size: 0x1000_0000 },
  { name: "part-peripheral-registers", address: 0x3ff0_0000, size: 0x1_0000 },
  { name: "part-null-pointer", address: 0, size: 0x1000 },
] as const;

/** One finding for each cause in the log. */
export const crashCauses: Rule = (facts) => {
  const { exceptions } = facts;
  const first = exceptions.filter(
    ({ cause }, index) => exceptions.findIndex((e) => e.cause === cause) === index,
  );
  return first.map((exception) => {
    const code = codes.get(exception.cause) ?? OTHER_CAUSE;
    const times = exceptions.filter(({ cause }) => cause === exception.cause).length;
    return finding(facts, code, Severity.fatal, {
      params: { cause: exception.cause, ...exceptionCauseOf(exception.cause), times },
      evidence: [
        { code: "evidence-line", params: { line: exception.line } },
        ...ADDRESSES.flatMap(([register, statement]) =>
          addressEvidence(facts, exception, register, statement),
        ),
      ],
      fixes: fixesFor(facts),
    });
  });
};

function addressEvidence(
  facts: Facts,
  { registers }: CaughtException,
  register: string,
  code: "evidence-exception-code" | "evidence-exception-data",
): Statement[] {
  const address = registers[register];
  if (address === undefined) return [];
  const memory = memoryOf(address);
  const found: Statement[] = [{ code, params: { address, memory } }];
  if (memory !== "IROM") return found;
  const offset = address - IROM_ADDRESS;
  const region = facts.survey?.layout?.regions.find((candidate) => containsOffset(candidate, offset));
  return [
    ...found,
    { code: "evidence-exception-flash", params: { address, offset, region: region?.id ?? "code" } },
  ];
}

/** The memory that an address lies in, by its name in the manuals. */
export function memoryOf(address: number): string {
  const known = findMemory(target, address);
  if (known !== undefined) return known.name;
  const other = OTHER_MEMORY.find(
    (range) => address >= range.address && address - range.address < range.size,
  );
  return phrase(other?.name ?? "part-no-memory");
}

/** Writing the program again helps where it is not known to be whole. */
function fixesFor(facts: Facts): readonly Fix[] {
  const slot = startedSlot(facts);
  if (slot === undefined) return [{ kind: "rewrite", slots: ["user1"] }];
  // What is damaged has a finding of its own that says how to put it right; what is intact needs nothing.
  if (isDamaged(slot) || slot.state === "intact") return [];
  return [{ kind: "rewrite", slots: [slot.slot] }];
}
