/** Plans in files: saved to be looked at, run later exactly as they are. @module */
import {
  type AbortSignalLike,
  FlasherError,
  type FlashPlan,
  Intent,
  intersect,
  type PlannedFlash,
  parsePlan,
  type Region,
  SectorFate,
  type Session,
  subtractRegions,
} from "@flashwright/core";
import type { HeaderOptions } from "../arguments/flash-header.js";
import { readBytes, writeBytes } from "../files.js";

/** Writes a plan as JSON that `readPlan` takes. @throws FlasherError `file-unwritable` */
export async function savePlan(path: string, plan: FlashPlan): Promise<void> {
  await writeBytes(path, new TextEncoder().encode(`${JSON.stringify(plan, null, 2)}\n`));
}

/** The plan in a file. @throws FlasherError `file-missing`, `file-unreadable`, `plan-format` */
export async function readPlan(path: string): Promise<FlashPlan> {
  const text = new TextDecoder().decode(await readBytes(path));
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new FlasherError("plan-format", { path: "", expected: "JSON" });
  }
  return parsePlan(data);
}

/** What a stored plan was made with, to make it again. */
export function asPlanned({ intent, eraseChip, header }: FlashPlan): {
  readonly header: HeaderOptions;
  readonly intent?: typeof Intent.install | typeof Intent.update;
  readonly eraseAll: boolean;
  readonly force: boolean;
} {
  const isPackage = intent === Intent.install || intent === Intent.update;
  return {
    header:
      header === undefined
        ? {}
        : { flashMode: header.mode.name, flashFreq: header.freq.name, flashSize: header.size.name },
    ...(isPackage ? { intent } : {}),
    eraseAll: eraseChip,
    force: isPackage,
  };
}

/**
 * Makes sure that a stored plan can still be run on this chip from these files, before anything is saved or changed.
 * @param again a plan that was made now, from the same files
 * @throws FlasherError `plan-data-missing` where the files are others; `plan-stale` where the chip has changed, or where
 * the stored plan takes what nobody would be told of
 */
export async function checkStoredPlan(
  session: Session,
  stored: FlashPlan,
  again: Pick<PlannedFlash, "plan" | "data">,
  signal: AbortSignalLike,
): Promise<void> {
  for (const { sha256, region } of stored.writes) {
    if (again.data.has(sha256)) continue;
    // The same files make the same bytes, but for what shares sectors with them on the chip.
    throw hasSameFiles(stored, again.plan)
      ? new FlasherError("plan-stale", { ...region })
      : new FlasherError("plan-data-missing", { sha256, offset: region.offset });
  }
  for (const { region, md5 } of stored.accounts) {
    if (md5 === undefined) continue;
    const now = await session.requireStub("comparing the chip with a stored plan").md5(region, signal);
    if (now !== md5) throw new FlasherError("plan-stale", { ...region });
  }
  checkErasesNoMore(stored, again.plan);
}

/** What a plan made now keeps or calls lost, a stored one may take only where it says that it is lost. */
function checkErasesNoMore(stored: FlashPlan, again: FlashPlan): void {
  const spared = again.accounts
    .filter(({ fate }) => fate === SectorFate.kept || fate === SectorFate.lost)
    .flatMap(({ region }) => subtractRegions(region, erasedBy(again)));
  const admitted = stored.accounts.filter(({ fate }) => fate === SectorFate.lost).map(({ region }) => region);
  for (const erased of erasedBy(stored)) {
    const [taken] = spared
      .map((region) => intersect(erased, region))
      .flatMap((region) => (region === undefined ? [] : subtractRegions(region, admitted)));
    if (taken !== undefined) throw new FlasherError("plan-stale", { ...taken });
  }
}

function erasedBy({ eraseChip, flashSize, erases, writes }: FlashPlan): Region[] {
  if (eraseChip) return [{ offset: 0, size: flashSize }];
  return [...erases, ...writes.map((write) => write.erases)];
}

function hasSameFiles(stored: FlashPlan, again: FlashPlan): boolean {
  return stored.images.every(({ sha256, offset }) =>
    again.images.some((other) => other.sha256 === sha256 && other.offset === offset),
  );
}
