/** Choosing a firmware, and what is wanted of its plan. @module */
import { createSignal, For, Show } from "solid-js";
import type { NamedFile, PlanWish } from "../engine/engine.js";
import type { FlasherActions } from "../primitives/create-flasher.js";
import type { FirmwareReport } from "../report/firmware.js";
import { DropZone, FileButton } from "../ui/drop-zone.js";
import { words } from "../words/words.js";
import { AddressForm } from "./address-form.js";
import { FirmwareChoices } from "./firmware-choices.js";

/** What can be flashed. */
export function FirmwarePanel(props: {
  readonly firmware: FirmwareReport | undefined;
  readonly isVirtual: boolean;
  /** Of the link, where one was chosen. */
  readonly rate: number | undefined;
  readonly isBusy: boolean;
  /** Whether this page may ask other servers, which the agent's may not; and the address that a link gave. */
  readonly addresses: { readonly linked: string } | undefined;
  readonly actions: FlasherActions;
}) {
  return (
    <section class="panel" aria-labelledby="firmware-title">
      <h2 id="firmware-title">{words.firmware.title}</h2>
      <Show when={props.firmware} fallback={<Choose {...props} />}>
        {(firmware) => (
          <Chosen firmware={firmware()} rate={props.rate} isBusy={props.isBusy} actions={props.actions} />
        )}
      </Show>
    </section>
  );
}

function Choose(props: {
  readonly isVirtual: boolean;
  readonly isBusy: boolean;
  readonly addresses: { readonly linked: string } | undefined;
  readonly actions: FlasherActions;
}) {
  const [command, setCommand] = createSignal("");
  const [files, setFiles] = createSignal<readonly NamedFile[]>([]);
  const choose = (chosen: readonly NamedFile[]) => {
    setFiles(chosen);
    void props.actions.chooseFirmware(chosen, command());
  };
  return (
    <>
      <p>{words.firmware.lead}</p>
      <DropZone label={words.firmware.drop} isDisabled={props.isBusy} onFiles={choose}>
        <FileButton label={words.firmware.files} isDisabled={props.isBusy} onFiles={choose} />
        <FileButton label={words.firmware.folder} isDisabled={props.isBusy} isFolder onFiles={choose} />
      </DropZone>
      <Show when={props.isVirtual}>
        <div class="sample">
          <button type="button" disabled={props.isBusy} onClick={() => void props.actions.chooseSample()}>
            {words.firmware.sample}
          </button>
          <p class="faint">{words.firmware.sampleNote}</p>
        </div>
      </Show>
      <details>
        <summary>{words.firmware.command}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void props.actions.chooseFirmware(files(), command());
          }}
        >
          <textarea
            rows={4}
            class="code"
            spellcheck={false}
            aria-label={words.firmware.command}
            placeholder="esptool.py --port /dev/ttyUSB0 write_flash 0x0 boot_v1.6.bin 0x1000 user1.bin"
            value={command()}
            onInput={(event) => setCommand(event.currentTarget.value)}
          />
          <div class="buttons">
            <FileButton label={words.firmware.files} isDisabled={props.isBusy} onFiles={setFiles} />
            <button type="submit" disabled={props.isBusy || command().trim() === ""}>
              {words.firmware.open}
            </button>
            <span class="faint code">
              {files()
                .map(({ path }) => path)
                .join(", ")}
            </span>
          </div>
        </form>
      </details>
      <Show when={props.addresses}>
        {(addresses) => (
          <AddressForm
            linked={addresses().linked}
            isBusy={props.isBusy}
            onAddress={(address) => void props.actions.downloadFirmware(address)}
          />
        )}
      </Show>
    </>
  );
}

function Chosen(props: {
  readonly firmware: FirmwareReport;
  readonly rate: number | undefined;
  readonly isBusy: boolean;
  readonly actions: FlasherActions;
}) {
  const [wish, setWish] = createSignal<PlanWish>({
    eraseAll: props.firmware.erase === "all",
    header: {},
    force: false,
  });
  return (
    <>
      <p class="title">
        {props.firmware.title} <span class="faint">{props.firmware.name}</span>
      </p>
      <Show when={props.firmware.linkedFor}>
        <p class="faint">
          {words.firmware.linkedFor} <span class="code">{props.firmware.linkedFor}</span>
        </p>
      </Show>
      <table class="parts code">
        <tbody>
          <For each={props.firmware.parts}>
            {(part) => (
              <tr classList={{ faint: part.isSpare }}>
                <td>{part.place}</td>
                <td class="number">{part.sizeText}</td>
                <td class="grow">
                  {part.name}
                  {part.isSpare ? ` (${words.firmware.spare})` : ""}
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <ul class="remarks">
        <For each={props.firmware.findings}>
          {({ severity, text }) => (
            <li class={`is-${severity}`}>
              <strong>{words.firmware.severity[severity]}</strong> {text}
            </li>
          )}
        </For>
      </ul>
      <FirmwareChoices
        erase={props.firmware.erase}
        rate={props.rate}
        actions={props.actions}
        onWish={setWish}
      />
      <div class="buttons">
        <button
          type="button"
          class="primary"
          disabled={props.isBusy}
          onClick={() => void props.actions.plan(wish())}
        >
          {words.firmware.plan}
        </button>
        <button type="button" disabled={props.isBusy} onClick={() => props.actions.forgetFirmware()}>
          {words.firmware.another}
        </button>
      </div>
    </>
  );
}
