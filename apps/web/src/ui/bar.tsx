/** How much of something is done. @module */

/** A bar, with a name for whoever does not see it. */
export function Bar(props: { readonly part: number; readonly whole: number; readonly label: string }) {
  return <progress value={props.part} max={Math.max(1, props.whole)} aria-label={props.label} />;
}
