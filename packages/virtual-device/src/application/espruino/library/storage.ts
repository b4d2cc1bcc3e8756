/** `require("Storage")`. @module */
import { latin1 } from "../../../bytes.js";
import { asBytes, asText, instant, ScriptError, type Value, type ValueObject } from "../script/values.js";
import type { Storage } from "../storage.js";

/** `require("Storage")`. */
export function storageLibrary(storage: Storage): ValueObject {
  return {
    list: instant(() => storage.files().map(({ name }) => name)),
    read: instant((name) => {
      const file = storage.find(asText(name));
      return file && latin1(file.data);
    }),
    getFree: instant(() => storage.freeBytes()),
    *write(name, data) {
      const written = yield* storage.write({
        name: fileName(storage, name),
        data: asBytes(data),
        flags: 0,
      });
      if (!written) throw new ScriptError("Error", "Unable to find or create file");
      return true;
    },
    *erase(name) {
      yield* storage.erase(fileName(storage, name));
      return undefined;
    },
    *eraseAll() {
      yield* storage.eraseAll();
      return undefined;
    },
    *compact() {
      yield* storage.compact();
      return undefined;
    },
  };
}

function fileName(storage: Storage, value: Value): string {
  const name = asText(value);
  if (value === undefined || name === "" || name.length > storage.longestName) {
    throw new ScriptError("Error", `File name is not 1 to ${storage.longestName} characters long`);
  }
  return name;
}
