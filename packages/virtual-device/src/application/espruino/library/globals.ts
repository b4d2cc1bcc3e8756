/** The names that a script finds without asking. @module */
import type { Context, IdleWork } from "../context.js";
import { json, printed } from "../script/print-value.js";
import {
  asText,
  instant,
  type NativeFunction,
  ScriptError,
  type Value,
  type ValueObject,
} from "../script/values.js";
import { esp8266Library } from "./esp8266.js";
import { flashLibrary } from "./flash.js";
import { processLibrary } from "./process.js";
import { storageLibrary } from "./storage.js";
import { wifiLibrary } from "./wifi.js";

/** What the console does for scripts. */
export interface ConsoleActions {
  /** Prints a line. */
  readonly print: NativeFunction;
  setEcho(on: boolean): void;
}

/** Everything that is built in. */
export function builtIns(context: Context, { print, setEcho }: ConsoleActions): ValueObject {
  const { build } = context;
  const esp8266 = esp8266Library(context);
  const modules = modulesOf(context, esp8266);
  const later = (work: IdleWork) => () => {
    context.idleWork = work;
    return undefined;
  };
  return {
    process: processLibrary(context),
    require: instant((name) => {
      const module = modules.get(asText(name));
      if (module === undefined) throw new ScriptError("Error", `Module "${asText(name)}" not found`);
      return module;
    }),
    ESP8266: esp8266,
    E: {
      ...(build.release < 199 ? {} : { reboot: instant(later("reboot")) }),
      *setBootCode(code, always) {
        const text = code === undefined || code === null ? "" : asText(code);
        const isKept = yield* context.saved.setBootCode(text, always === true);
        if (!isKept) throw new ScriptError("Error", "Code is too big to save to Flash.");
        return undefined;
      },
    },
    JSON: { stringify: instant((value) => json(value)) },
    console: { log: print },
    print,
    echo: instant((on) => {
      setEcho(on !== false && on !== 0);
      return undefined;
    }),
    save: instant(later("save")),
    load: instant(later("load")),
    reset: instant((erase) => later(erase === true || erase === 1 ? "reset-and-erase" : "reset")()),
  };
}

/** By name; the image's own list decides nothing, since it is not always there. */
function modulesOf(context: Context, esp8266: ValueObject): ReadonlyMap<string, ValueObject> {
  const modules = new Map([
    ["ESP8266", esp8266],
    ["Flash", flashLibrary(context)],
    ["Wifi", wifiLibrary(context)],
  ]);
  if (context.storage !== undefined) modules.set("Storage", storageLibrary(context.storage));
  return modules;
}

/** An argument list as `print` shows it. */
export function printedLine(args: readonly Value[]): string {
  return args.map(printed).join(" ");
}
