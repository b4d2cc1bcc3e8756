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
  "agent-port-unknown": {
    message: "The agent offers no port {id}.",
    hint: "Plug the board in and choose a port of its list.",
  },
  "agent-overrun": {
    message: "{label}: {bytes:bytes} from the board were lost, since nobody read them for too long.",
    hint: "Keep the page that reads the port in the foreground, or lower the baud rate.",
  },
} as const;
