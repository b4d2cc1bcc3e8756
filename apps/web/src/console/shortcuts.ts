/** Commands that are worth a button: they are typed where everybody sees them. @module */
import type { ConsoleKind } from "../engine/engine.js";

/** A command; the key that ends it goes with it. */
export type Shortcut = string;

/** For each firmware, harmless ones first. */
export const shortcuts: Readonly<Record<ConsoleKind, readonly Shortcut[]>> = {
  espruino: [
    "process.env",
    "process.memory()",
    "E.getErrorFlags()",
    'require("Wifi").getIP()',
    'require("ESP8266").getState().flashMap',
    'require("Flash").getFree()',
    "echo(1)",
    "reset()",
    "save()",
  ],
  micropython: [
    "import os; os.uname()",
    "import gc; gc.mem_free()",
    "os.listdir()",
    "import machine; machine.reset_cause()",
  ],
  nodemcu: ["print(node.info())", "print(node.heap())", "for k,v in pairs(file.list()) do print(k,v) end"],
  at: ["AT", "AT+GMR", "AT+CWMODE?", "AT+CIFSR", "ATE1"],
};
