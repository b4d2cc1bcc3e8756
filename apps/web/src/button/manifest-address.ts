/** From what a page says to an address that can be read. @module */
import type { ManifestSource } from "./install-request.js";

/** A manifest that the page holds itself is read through an address of its own, which ends with `release`. */
export interface ManifestAddress {
  readonly address: string;
  release(): void;
}

/**
 * The address of a manifest. Paths in a manifest that has none of its own, an object or a `data:` or `blob:` address, count
 * from `base`.
 * @param base of the page
 * @throws TypeError for what is no address; that of `fetch` for a `data:` or `blob:` address that cannot be read
 */
export async function manifestAddress(source: ManifestSource, base: string): Promise<ManifestAddress> {
  if (typeof source !== "string") return addressOf(JSON.stringify(withBase(source, base)));
  const url = new URL(source, base);
  if (!/^(?:data|blob):$/.test(url.protocol)) return { address: url.href, release: () => {} };
  const text = await (await fetch(url)).text();
  return addressOf(rebased(text, base));
}

function addressOf(text: string): ManifestAddress {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  return { address, release: () => URL.revokeObjectURL(address) };
}

/** What is no JSON stays as it is: whoever reads the manifest says where it stops to be JSON. */
function rebased(text: string, base: string): string {
  try {
    return JSON.stringify(withBase(JSON.parse(text), base));
  } catch {
    return text;
  }
}

/** The same with whole addresses of parts; whatever is no part stays as it is. */
function withBase(manifest: unknown, base: string): unknown {
  return mapField(manifest, "builds", (build) =>
    mapField(build, "parts", (part) => {
      const { path } = part as { readonly path?: unknown };
      return typeof path === "string" && URL.canParse(path, base)
        ? { ...(part as object), path: new URL(path, base).href }
        : part;
    }),
  );
}

function mapField(value: unknown, key: string, change: (item: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const list: unknown = Reflect.get(value, key);
  const changeItem = (item: unknown) => (typeof item === "object" && item !== null ? change(item) : item);
  return Array.isArray(list) ? { ...value, [key]: list.map(changeItem) } : value;
}
