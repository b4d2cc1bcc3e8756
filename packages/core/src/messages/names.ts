/** Words that belong to the names of firmwares, their maps and their headers. @module */
export const nameMessages = {
  "family-nonos": { message: "NONOS SDK application" },
  "family-rboot": { message: "rBoot application" },
  "family-unknown": { message: "not recognised" },
  "name-with-build": { message: "{firmware}, build {build}" },
  "name-under-map": { message: "{firmware} under map {size} ({split})" },
  "name-size": { message: "{name} = {megabitName} = {guiName}, {megabits} Mbit, map {split}" },
  "name-unknown": { message: "unknown ({code})" },
  "boot-loader-sdk": { message: "the SDK's second boot {version}" },
  "boot-loader-eboot": { message: "Arduino's eboot, core {version}" },
  "boot-loader-rboot": { message: "rBoot {version}" },
  "boot-loader-other": { message: "{kind} {version}" },
} as const;
