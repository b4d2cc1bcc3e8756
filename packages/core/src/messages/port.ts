/** Words for what can go wrong between this computer and the board's port. @module */
export const portMessages = {
  "port-not-found": {
    message: "There is no port {label}.",
    hint: "Plug the board in with a data cable and list the ports to see its name.",
  },
  "port-busy": {
    message: "{label} is in use by another program.",
    hint: "Close the serial monitor, IDE or browser tab that holds the port and try again.",
  },
  "port-in-use": {
    message: "{label} is in use by {by:list}.",
    hint: "End that program, or disconnect in it, and try again.",
  },
  "port-shared": {
    message: "{label} is also open in {by:list}: what the board says may end up there.",
    hint: "End that program, or disconnect in it, and try again.",
  },
  "port-not-opened": {
    message: "{label} did not open: another program or tab has it, or this user may not use it.",
    hint: "Close the serial monitor, IDE or tab that holds the port; on Linux also join the group `dialout`.",
  },
  "port-not-chosen": {
    message: "No port was chosen.",
    hint: "Choose the board in the browser's list; if it is not there, plug it in with a data cable or list all ports.",
  },
  "port-blocked": {
    message: "The browser does not let this page use serial ports: {detail}",
    hint: "Open the page by itself over HTTPS or on localhost, and choose the port with a click.",
  },
  "port-denied": {
    message: "This user may not open {label}.",
    hint: "On Linux run `sudo usermod -aG {group} $USER`, log out and in again.",
  },
  "port-closed": {
    message: "{label} was closed while it was still needed.",
    hint: "Start again; the port was closed by this program.",
  },
  "port-lost": {
    message: "{label} disappeared while it was in use.",
    hint: "Check the cable and the plug, connect the board again and repeat the command.",
  },
  "port-awaited": {
    message:
      "{label} disappeared (interruption {count} of at most {most}). Plug the board in again within {seconds} s, and the work goes on.",
  },
  "board-awaited": {
    message:
      "The connection broke (interruption {count} of at most {most}): {reason} Connecting again, and the work goes on.",
  },
  "port-back": { message: "{label} is there again." },
  "port-away": {
    message: "{label} did not come back within {seconds} s.",
    hint: "Plug the board in and repeat the command.",
  },
  "port-other-chip": {
    message:
      "{label} is there again, but with another chip: {actual} where {expected} was. It was left alone.",
    hint: "Plug the board with {expected} in and repeat the command.",
  },
  "connection-unsteady": {
    message: "The connection to {label} broke {count} times.",
    hint: "Use another cable, another USB port or a stronger 3.3 V supply, and repeat the command.",
  },
  "port-lines-missing": {
    message: "{label} has no DTR and RTS lines to reset the board with.",
    hint: "Hold GPIO0 (FLASH) to ground, press RESET, and repeat with `--before no-reset`.",
  },
  "port-baud-refused": {
    message: "{label} refuses {baudRate} baud.",
    hint: "Choose a rate that the adapter can do, for example `--baud 115200`.",
  },
  "port-failed": {
    message: "{label} failed: {detail}",
    hint: "Unplug the board, plug it in again and repeat the command.",
  },
  "port-list-unavailable": {
    message: "The ports of this computer cannot be listed: {detail}",
    hint: "Name the port yourself, for example `--port /dev/ttyUSB0`.",
  },
  "network-unreachable": {
    message: "{label} cannot be reached: {detail}.",
    hint: "Check that the serial server runs there and that the host and the port number are right.",
  },
  "rfc2217-refused": {
    message: "The server at {label} does not speak RFC 2217: {detail}.",
    hint: "Turn RFC 2217 on at the server, or connect to its raw port with socket:// instead.",
  },
  "rfc2217-no-answer": {
    message: "The RFC 2217 server at {label} did not answer {request} within {timeoutMs} ms.",
    hint: "Check the network and the server's own serial port, then connect again.",
  },
  "address-invalid": {
    message: "{address} is not a port address: {detail}",
    hint: "Write it like /dev/ttyUSB0, COM3, socket://host:port, rfc2217://host:port, agent://127.0.0.1:port/id or virtual:esp-12f.",
  },
} as const;
