/**
 * Sets of files that belong together, as releases and SDKs ship them.
 *
 * @module
 */
import { folderOf } from "../../archives/safe-path.js";
import { toHex } from "../../bytes.js";
import { defaultCodecs } from "../../codecs.js";
import type { FlashSize } from "../../image/flash-params.js";
import type { Content, ContentKind } from "../contents/classify.js";
import { appOffset } from "../contents/link-base.js";
import { slotOf } from "../contents/slot.js";

/** An application, and what there is for it. */
export interface FileSet {
  /** The image of the first slot, the application that the boot ROM starts, or the combined file. */
  readonly main: Content;
  readonly user2?: Content;
  readonly boot?: Content;
  readonly irom?: Content;
  readonly phyInit?: Content;
  readonly blank?: Content;
}

/** The map that a set's application was linked for; `undefined` where its headers do not say. */
export function linkedSizeOf({ main }: FileSet): FlashSize | undefined {
  return main.image?.header?.flashParams.size;
}

/**
 * Every application among the files, each with the companions nearest to it. Applications with the same bytes are one.
 * Sets with an update image come first, then those of the boot ROM, then combined files. None where the places depend on
 * what is not in the files: rBoot's configuration, a partition table.
 */
export function findSets(contents: readonly Content[]): FileSet[] {
  if (hasPlacesElsewhere(contents)) return [];
  const updates = distinct(contents.filter(({ kind }) => kind === "update"));
  const firsts = updates.filter((content) => slotOf(content) === "user1");
  const seconds = updates.filter((content) => slotOf(content) === "user2");
  const apps = distinct(contents.filter(({ kind }) => kind === "app"));
  const combined = distinct(contents.filter(({ kind }) => kind === "combined"));
  return [
    ...firsts.map((main) => withCompanions(main, contents, seconds)),
    ...apps.map((main) => ({ main, ...optional("irom", nearest(main, contents, "irom")) })),
    ...combined.map((main) => ({ main })),
    // An image for the second slot counts only where there is no other at all.
    ...(firsts.length + apps.length + combined.length === 0
      ? seconds.map((main) => withCompanions(main, contents, []))
      : []),
  ];
}

/** rBoot with applications for it; several images for the boot ROM, one of which does not go to 0. */
function hasPlacesElsewhere(contents: readonly Content[]): boolean {
  const apps = contents.filter(({ kind }) => kind === "app");
  const isElsewhere = ({ image }: Content) => image !== undefined && appOffset(image) !== 0;
  return contents.some(({ boot }) => boot?.kind === "rboot") || (apps.length > 1 && apps.some(isElsewhere));
}

function withCompanions(main: Content, contents: readonly Content[], seconds: readonly Content[]): FileSet {
  const folder = folderOf(main.path);
  const isPair = (other: Content) =>
    folderOf(other.path) === folder && other.identity.firmware.version === main.identity.firmware.version;
  return {
    main,
    ...optional("user2", seconds.find(isPair)),
    ...optional("boot", nearest(main, contents, "boot")),
    ...optional("phyInit", nearest(main, contents, "phy-init")),
    ...optional("blank", nearest(main, contents, "blank")),
  };
}

function optional<Key extends string>(key: Key, content: Content | undefined): { [K in Key]?: Content } {
  return content === undefined ? {} : ({ [key]: content } as { [K in Key]?: Content });
}

/** Of the folder that is nearest to the application's, the newest. */
function nearest(main: Content, contents: readonly Content[], kind: ContentKind): Content | undefined {
  const ranked = contents
    .filter((content) => content.kind === kind)
    .map((content) => ({ content, distance: distanceBetween(folderOf(main.path), folderOf(content.path)) }))
    .sort((first, second) => first.distance - second.distance || compareNames(second.content, first.content));
  return ranked[0]?.content;
}

/** Steps up and down from one folder to another. */
function distanceBetween(from: string, to: string): number {
  const [up, down] = [from, to].map((path) => (path === "" ? [] : path.split("/")));
  let common = 0;
  while (common < up.length && up[common] === down[common]) common++;
  return up.length + down.length - 2 * common;
}

/** Versions in names count as numbers: `boot_v1.6` before `boot_v1.7`. */
function compareNames(first: Content, second: Content): number {
  const [a, b] = [first, second].map(({ name }) => name.match(/\d+/g)?.map(Number) ?? []);
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? a.length - b.length : a[at] - (b[at] ?? -1);
}

/** By hash and not one by one, which would take the square of the time. */
function distinct(contents: readonly Content[]): Content[] {
  const kept = new Map<string, Content>();
  for (const content of contents) {
    const key = toHex(defaultCodecs.sha256(content.bytes));
    if (!kept.has(key)) kept.set(key, content);
  }
  return [...kept.values()];
}
