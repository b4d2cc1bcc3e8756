/** The English texts, which are all there are; other languages are laid over them. @module */
import { agentMessages } from "./agent.js";
import { backupMessages } from "./backup.js";
import { bootMessages } from "./boot.js";
import { cliMessages } from "./cli.js";
import { connectMessages } from "./connect.js";
import { causeMessages } from "./connect-causes.js";
import { consoleMessages } from "./console.js";
import { cpuMessages } from "./cpu.js";
import { downloadMessages } from "./download.js";
import { findingMessages } from "./finding.js";
import { imageMessages } from "./image.js";
import { loaderMessages } from "./loader.js";
import { mapMessages } from "./map.js";
import { nameMessages } from "./names.js";
import { packageMessages } from "./package.js";
import { partMessages } from "./parts.js";
import { planMessages } from "./plan.js";
import { portMessages } from "./port.js";
import type { MessageTemplate } from "./template.js";
import { unitMessages } from "./units.js";

/** All texts by code. The codes are stable; the words are not. */
export const catalogue = {
  ...agentMessages,
  ...backupMessages,
  ...bootMessages,
  ...causeMessages,
  ...cliMessages,
  ...connectMessages,
  ...consoleMessages,
  ...downloadMessages,
  ...cpuMessages,
  ...findingMessages,
  ...imageMessages,
  ...loaderMessages,
  ...mapMessages,
  ...nameMessages,
  ...packageMessages,
  ...partMessages,
  ...planMessages,
  ...portMessages,
  ...unitMessages,
} as const satisfies Record<string, MessageTemplate>;

export type MessageCode = keyof typeof catalogue;

/** Whether a text from outside is a code of this version. */
export function isMessageCode(text: string): text is MessageCode {
  return Object.hasOwn(catalogue, text);
}
