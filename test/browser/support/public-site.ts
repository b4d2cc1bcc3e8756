/** A site that a browser takes for one on the public internet: a name, HTTPS, and an address that is not of this computer. @module */
import { execFileSync } from "node:child_process";
import { findProgram } from "../../support/requirements.js";
import { type StaticHost, startStaticHost } from "./static-host.js";

const NAME = "flasher.example";

/** Such a site, and how Chromium has to be started to be there. */
export interface PublicSite {
  readonly host: StaticHost;
  readonly origin: string;
  readonly url: string;
  readonly browserArgs: readonly string[];
}

/** Serves a folder as such a site. */
export async function startPublicSite(folder: string): Promise<PublicSite> {
  const host = await startStaticHost(folder, { secure: selfSigned() });
  const origin = `https://${NAME}:${host.port}`;
  return {
    host,
    origin,
    url: `${origin}/tool/`,
    browserArgs: [
      `--host-resolver-rules=MAP ${NAME} 127.0.0.1`,
      "--ignore-certificate-errors",
      `--ip-address-space-overrides=127.0.0.1:${host.port}=public`,
    ],
  };
}

/** Key and certificate; the browser is told not to mind who signed it. */
function selfSigned(): { key: string; cert: string } {
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const names = ["-subj", `/CN=${NAME}`, "-addext", `subjectAltName=DNS:${NAME}`];
  const made = execFileSync(findProgram("openssl")!, ["req", ...kind, ...names, "-keyout", "-"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return { key: blockOf(made, "PRIVATE KEY"), cert: blockOf(made, "CERTIFICATE") };
}

function blockOf(pem: string, label: string): string {
  const found = new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`).exec(pem);
  if (found === null) throw new Error(`openssl made no ${label}`);
  return found[0];
}
