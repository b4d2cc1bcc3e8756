/** The campaign: flash contents from a seed, each put before the doctor, and the table of what came of it. @module */
import { damageRows } from "./damage-cases.js";
import { examine, type Outcome, type Wrong } from "./examination.js";
import { familyRows } from "./family-cases.js";
import { matrixRows } from "./matrix-cases.js";
import { choicesOf } from "./random.js";

/** All kinds of content. */
export const campaignRows = [...matrixRows, ...familyRows, ...damageRows];

const columns = ["cases", "right", "missed", "false", "other", "deep"] as const;
/** `other`: misnamed, a broken promise, or not cured. `deep`: looked at deeply. */
export type RowResult = { readonly row: string } & Record<(typeof columns)[number], number>;

/** A content of which the doctor said something else than it should. */
export interface Failure extends Wrong {
  readonly row: string;
  /** The number of the content: with the seed, what makes it again. */
  readonly number: number;
  readonly about: string;
}

/** Outcome of a campaign. */
export interface CampaignResult {
  readonly rows: readonly RowResult[];
  readonly failures: readonly Failure[];
}

/** How many of the contents that a quick look finds healthy are looked at deeply all the same. */
const DEEP_SHARE = 0.1;
/** On how many of those that can be cured the fixes are made. */
const CURE_SHARE = 0.35;

/** Makes `count` contents, row after row in turn, and examines each. */
export async function runCampaign(seed: string, count: number): Promise<CampaignResult> {
  const rows = campaignRows.map(({ row }) => emptyRow(row));
  const failures: Failure[] = [];
  for (let number = 0; number < count; number++) {
    const index = number % campaignRows.length;
    const choice = choicesOf(`${seed} ${number}`);
    const content = campaignRows[index]!.make(choice);
    const outcome = await examine(content, {
      deepAnyway: choice.chance(DEEP_SHARE),
      cure: choice.chance(CURE_SHARE),
    });
    add(rows[index]!, outcome);
    const { row, about } = content;
    failures.push(...outcome.wrong.map((wrong) => ({ row, number, about, ...wrong })));
  }
  return { rows, failures };
}

function emptyRow(row: string): RowResult {
  return { row, cases: 0, right: 0, missed: 0, false: 0, other: 0, deep: 0 };
}

function add(row: RowResult, { wrong, deep }: Outcome): void {
  row.cases++;
  if (deep) row.deep++;
  const has = (kind: Wrong["kind"]) => wrong.some((one) => one.kind === kind);
  if (wrong.length === 0) row.right++;
  else if (has("missed")) row.missed++;
  else if (has("false")) row.false++;
  else row.other++;
}

/** The table, for people: a line a row. */
export function formatTable(rows: readonly RowResult[]): string {
  const width = Math.max(...rows.map(({ row }) => row.length));
  const line = (name: string, cells: readonly (string | number)[]) =>
    `${name.padEnd(width)} ${cells.map((cell) => String(cell).padStart(7)).join("")}`;
  const total = columns.map((column) => rows.reduce((sum, row) => sum + row[column], 0));
  return [
    line("content", columns),
    ...rows.map((row) =>
      line(
        row.row,
        columns.map((column) => row[column]),
      ),
    ),
    line("all", total),
  ].join("\n");
}

/** One failure, for people. */
export function formatFailure({ number, row, about, depth, kind, expected, said }: Failure): string {
  const found = said.length === 0 ? "nothing" : said.join("\n      ");
  return `#${number} ${row}\n    ${about}\n    ${depth}: ${kind}; expected ${expected}, said\n      ${found}`;
}
