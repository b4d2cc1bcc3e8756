/** Addresses of firmware: which are taken, and what a failure at one of them means. @module */
import { FlasherError } from "@flashwright/core";

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The address that somebody typed.
 * @throws FlasherError `download-address` where it is none; `download-insecure` for anything but HTTPS, HTTP to this computer, and what this page
 *   holds itself
 */
export function firmwareAddress(text: string): URL {
  const url = parse(text.trim());
  if (url === undefined || !/^(?:https?|blob):$/.test(url.protocol)) {
    throw new FlasherError("download-address", { address: text.trim() });
  }
  requireSecure(url);
  url.hash = "";
  return url;
}

/** @throws FlasherError `download-insecure` where the way to it can be listened to */
export function requireSecure(url: URL): void {
  if (!/^(?:https|blob):$/.test(url.protocol) && !LOOPBACK.test(url.hostname)) {
    throw new FlasherError("download-insecure", { address: url.href });
  }
}

/** What the file is called: the last step of the path, or the server where there is none. */
export function fileNameAt(url: URL): string {
  if (url.protocol === "blob:") return "manifest";
  const step = decoded(url.pathname.split("/").at(-1) ?? "");
  return step.split(/[\\/]/).at(-1) || url.hostname;
}

/**
 * Why a browser gave nothing of an address: it never says itself.
 *
 * GitHub sends no CORS header with the files of a release, nor with those of its pages (seen on both hops in
 * GlomarGadaffi/pocket-dial#138 and kvark/vange-rs#283); raw.githubusercontent.com, GitHub Pages and jsDelivr do.
 */
export function blockedBy(url: URL, cause: unknown): FlasherError {
  const name = fileNameAt(url);
  if (url.hostname !== "github.com") {
    return new FlasherError("download-blocked", { address: url.href, name }, { cause });
  }
  const raw = rawAddress(url);
  if (raw !== undefined) {
    return new FlasherError("download-github-page", { address: url.href, raw }, { cause });
  }
  return new FlasherError("download-github-release", { name }, { cause });
}

/** Of a file in a repository, where pages may read it. */
function rawAddress({ pathname }: URL): string | undefined {
  const [, owner, repository, kind, ...rest] = pathname.split("/");
  if ((kind !== "blob" && kind !== "raw") || rest.length < 2) return undefined;
  return `https://raw.githubusercontent.com/${owner}/${repository}/${rest.join("/")}`;
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
