/** Firmware from an address that somebody types, or that a link has brought. @module */
import { createSignal } from "solid-js";
import { words } from "../words/words.js";

/** Nothing is asked of the server before the button is pressed. */
export function AddressForm(props: {
  /** What the link had that opened this page; empty without one. */
  readonly linked: string;
  readonly isBusy: boolean;
  readonly onAddress: (address: string) => void;
}) {
  const [address, setAddress] = createSignal(props.linked);
  const isLinked = () => props.linked !== "" && address() === props.linked;
  return (
    <details open={props.linked !== ""}>
      <summary>{words.address.summary}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onAddress(address());
        }}
      >
        <input
          type="url"
          class="code address"
          spellcheck={false}
          autocomplete="off"
          aria-label={words.address.label}
          placeholder="https://example.org/firmware/manifest.json"
          value={address()}
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
        <p class="faint">{isLinked() ? words.address.linked : words.address.note}</p>
        <button type="submit" disabled={props.isBusy || address().trim() === ""}>
          {words.address.download}
        </button>
      </form>
    </details>
  );
}
