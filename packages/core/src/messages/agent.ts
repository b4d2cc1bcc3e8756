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
    message: "The agent offers no port {id}.",
    hint: "Plug the board in and choose a port of its list.",
  },
  "agent-ports-full": {
    message: "The agent has {count} ports open, which is all that it lends at a time.",
    hint: "Disconnect from a board and try again.",
  },
  "agent-terminal-only": {
    message: "The agent takes this request from the terminal alone.",
    hint: "Run `flashwright agent pairings` on the computer of the agent.",
  },
  "agent-overrun": {
    message: "{label}: {bytes:bytes} from the board were lost, since nobody read them for too long.",
    hint: "Keep the page that reads the port in the foreground, or lower the baud rate.",
  },
} as const;
