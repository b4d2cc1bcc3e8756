/** The second act: a chip that dies when its settings are saved. @module */
import { madeFiles, release1v95 } from "@flashwright/core/demo";
import type { Stage } from "./stage.js";
import { makeTgz } from "./tgz.js";

const ARCHIVE = "espruino_1v95_esp8266_4mb";
const CONNECT = 'require("Wifi").connect("garden", {password:"tomatoes"})';
const SAVE = 'require("Wifi").save()';
const REBOOT = 'require("ESP8266").reboot()';
const MAP = 'require("ESP8266").getState().flashMap';
const NETWORK = 'require("Wifi").getDetails().ssid';

/** The build for 4 MB under the map 512+512, dead after `wifi.save()`, and brought back. */
export async function actTwo(stage: Stage): Promise<void> {
  const files = madeFiles(release1v95);
  const [boot, user1, phyInit, blank] = files;
  for (const file of files) await stage.lay(file);
  await stage.lay({ name: `${ARCHIVE}.tgz`, bytes: makeTgz(ARCHIVE, files) });
  await stage.tell(
    "Another ESP-12F gets Espruino 1v95, the build for 4 MB, with the flash size 4MB: the chip has 4 MB, after all. " +
      "(The image is made, to what is known of that release.)",
  );
  await stage.run(
    ...["flash", "--flash-size", "4MB", "0x0", boot.name, "0x1000", user1.name],
    ...["0x3FC000", phyInit.name, "0x3FE000", blank.name],
  );
  await stage.tell(
    "It runs, and there is no warning. Then its owner saves the Wi-Fi settings, and restarts it.",
  );
  const answers = await stage.type("process.env.BOARD", CONNECT, SAVE, REBOOT);
  const isDead = answers.at(-1)?.length === 0;
  await stage.tell(
    isDead ? "Nothing. The chip is dead. What does the doctor say?" : "What does the doctor say?",
  );
  const { proposed } = await stage.run("doctor");
  await stage.tell(
    `So it is known from the flash alone. ${ARCHIVE}.tgz lies in this folder; its command is run.`,
  );
  await stage.run(...(proposed ?? []));
  await stage.tell("Alive, with the map that it was built for. This time saving the settings is safe.");
  await stage.type(MAP, CONNECT, SAVE, REBOOT, NETWORK);
}
