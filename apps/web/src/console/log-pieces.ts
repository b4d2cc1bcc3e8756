/** Text in pieces, so that putting a long log together never keeps the page waiting. @module */

/** All pieces as one file. Between two of them the page does what else it has to do. */
export async function gatherPieces(pieces: Iterable<string>): Promise<Blob> {
  const parts: Blob[] = [];
  for (const piece of pieces) {
    parts.push(new Blob([piece]));
    await nextTask();
  }
  return new Blob(parts);
}

/** Behind whatever waits already. A timer would do the same, but slowly in a tab that nobody looks at. */
function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
