/** A place to drop files on, and to choose them where nothing can be dropped. @module */
import { createSignal, type JSX } from "solid-js";
import type { NamedFile } from "../engine/engine.js";
import { chosenFiles, droppedFiles } from "../primitives/dropped-files.js";

/** What a drop zone needs. */
export interface DropZoneProps {
  readonly label: string;
  readonly isDisabled: boolean;
  readonly onFiles: (files: readonly NamedFile[]) => void;
  /** Buttons to choose with. */
  readonly children: JSX.Element;
}

/** Takes files, also folders. */
export function DropZone(props: DropZoneProps) {
  const [isOver, setOver] = createSignal(false);
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer === null || props.isDisabled) return;
    const files = await droppedFiles(event.dataTransfer);
    if (files.length > 0) props.onFiles(files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is beside the buttons, which do the same by keyboard
    <div
      class="drop"
      classList={{ "is-over": isOver() }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void drop(event)}
    >
      <p>{props.label}</p>
      <div class="buttons">{props.children}</div>
    </div>
  );
}

/** A button that opens the browser's file chooser. */
export function FileButton(props: {
  readonly label: string;
  readonly isDisabled: boolean;
  readonly isFolder?: boolean;
  readonly isSingle?: boolean;
  readonly accept?: string;
  readonly onFiles: (files: readonly NamedFile[]) => void;
}) {
  let input!: HTMLInputElement;
  return (
    <>
      <button type="button" disabled={props.isDisabled} onClick={() => input.click()}>
        {props.label}
      </button>
      <input
        ref={(element) => {
          input = element;
          if (props.isFolder) element.setAttribute("webkitdirectory", "");
        }}
        type="file"
        hidden
        multiple={!props.isSingle}
        accept={props.accept}
        aria-label={props.label}
        onChange={() => {
          const files = chosenFiles(input.files);
          input.value = "";
          if (files.length > 0) props.onFiles(files);
        }}
      />
    </>
  );
}
