/** Words about the agent, which lends this computer's ports to a browser. @module */
export const agentMessages = {
  "agent-failed": {
    message: "The agent reports a failure that this version does not know: {detail}",
    hint: "Bring the agent and this page or program to the same version.",
  },
  "agent-unreachable": {
    message: "No agent answers at {address}.",
    hint: "Start `flashwright agent` on that computer and use the link that it prints.",
  },
  "agent-not-found": {
    message: "No agent on this computer lets this page in: none runs, or none waits for a page to be paired.",
    hint: "Run `flashwright agent` in one terminal and `flashwright agent pair` in another, and type its code here.",
  },
  "agent-address-not-local": {
    message: "{address} is not the address of an agent on this computer.",
    hint: "Type the number behind 127.0.0.1: in the link that `flashwright agent` prints.",
  },
  "agent-unauthorised": {
    message: "The agent at {address} does not accept this token.",
    hint: "Open the link that `flashwright agent` printed last; a token ends with the agent that made it.",
  },
  "agent-token-missing": {
    message: "There is no token for the agent at {address}: {detail}.",
    hint: "Start `flashwright agent` as this user, or put its token into FLASHWRIGHT_AGENT_TOKEN.",
  },
  "agent-token-exposed": {
    message: "{path} holds the token of an agent, and other users of this computer may read it.",
    hint: "Start the agent anew, which makes a new token, and keep the file to yourself with `chmod 600`.",
  },
  "agent-port-unknown": {
    message: "The agent offers no port {id}, but these: {known:list}.",
    hint: "Choose one of them, or plug the board in and try again.",
  },
  "agent-no-ports": {
    message: "The agent offers no port {id}, nor any other.",
    hint: "Plug the board in. Ports that are not behind USB are lent with `flashwright agent --all-ports`.",
  },
  "agent-ports-unlisted": {
    message: "The agent cannot list the ports of its computer: {detail}",
    hint: "Start the agent with the name of the port, for example `flashwright agent --port /dev/ttyUSB0`.",
  },
  "agent-ports-full": {
    message: "The agent has {count} {count|one:port|other:ports} open, which is all that it lends at a time.",
    hint: "Disconnect from a board and try again.",
  },
  "agent-terminal-only": {
    message: "The agent takes this request from the terminal alone.",
    hint: "Run `flashwright agent pairings` on the computer of the agent.",
  },
  "agent-running": {
    message: "An agent runs already: process {pid}, TCP port {port}.",
    hint: "Use that one: `flashwright agent link` prints a new link to it; Ctrl-C in its terminal ends it.",
  },
  "agent-not-running": {
    message: "No agent runs on this computer.",
    hint: "Start one with `flashwright agent`.",
  },
  "agent-ports-taken": {
    message: "The TCP ports {ports:list} are taken by other programs.",
    hint: "End one of them, or name a free port with `--listen-port`.",
  },
  "agent-as-root": {
    message: "The agent runs as root: whoever gets at it gets at every device as root.",
    hint: "Run it as yourself. If that cannot open the port, add yourself to the group that owns it, often dialout.",
  },
  "agent-link-replayed": {
    message:
      "The link for the browser was used twice. One of the two was not you, so neither stays connected.",
    hint: "Run `flashwright agent link`, open that link yourself, and ask who else uses this computer.",
  },
  "agent-no-browser": {
    message: "No browser could be started: {detail}.",
    hint: "Open the link yourself.",
  },
  "agent-stopped": { message: "The agent has stopped; its ports are free." },
  "agent-link-made": { message: "A new link was made." },
  "agent-paired": { message: "{origin} may use the ports of this computer." },
  "pairings-listed": { message: "Paired pages: {count}." },
  "agent-pairing-open": {
    message: "A page is being paired already.",
    hint: "Finish that, or wait two minutes.",
  },
  "agent-pairing-unknown": {
    message: "There is no pairing {id}.",
    hint: "List them with `flashwright agent pairings`.",
  },
  "agent-pairings-damaged": {
    message: "{name} is no list of pairings.",
    hint: "Remove the file; pages that were paired then pair anew.",
  },
  "agent-pairing-failed": {
    message: "No page was paired: {why}.",
    hint: "Run `flashwright agent pair` again.",
  },
  "agent-origin-refused": {
    message: "The agent at {address} does not let this page in.",
    hint: "Run `flashwright agent pair` on the computer of the agent and type its code here.",
  },
  "agent-code-wrong": {
    message: "This is not the code that the terminal shows. Tries left: {triesLeft}.",
    hint: "Type the six digits under `flashwright agent pair`.",
  },
  "agent-pairing-closed": {
    message: "The agent no longer waits for a page.",
    hint: "Run `flashwright agent pair` again; its code is good for two minutes and five tries.",
  },
  "agent-unproven": {
    message: "What answers at {address} is not the agent with which this page was paired.",
    hint: "See with `flashwright agent pairings` whether this page is still paired; if not, pair it again.",
  },
  "agent-busy": {
    message:
      "The agent at {address} has too much to do: too many requests, or too many pages that hold on to it.",
    hint: "Close pages that you do not need, wait a minute and try again.",
  },
  "agent-overrun": {
    message: "{label}: {bytes:bytes} from the board were lost, since nobody read them for too long.",
    hint: "Keep the page that reads the port in the foreground, or lower the baud rate.",
  },
} as const;
