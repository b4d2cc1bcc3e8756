/** The board's UART with its rate and its two lines on a TCP port: an RFC 2217 access server. @module */
import type { Socket } from "node:net";
import type { Transport } from "@flashwright/core";
import { ComPort } from "./com-port.js";
import type { OpenTransport } from "./server.js";
import { pumpFromBoard } from "./session.js";
import {
  type SocketBoardServer,
  type SocketServeOptions,
  serveSockets,
  writeSocket,
} from "./socket-server.js";
import { encodeSubnegotiation, escapeData, TelnetDecoder, type TelnetEvent } from "./telnet.js";
import { TelnetOption, TelnetOptions } from "./telnet-options.js";

/**
 * Serves the board over telnet with the COM-PORT-OPTION: rate, DTR and RTS reach it in order with the data.
 *
 * A client starts with both lines released and `options.baudRate`. A plain telnet client that refuses the option still
 * gets the data. One client at a time; a second is accepted and closed. Both directions are held back by a slow reader.
 * @throws ServeError `listen-failed`
 */
export function serveRfc2217(
  openTransport: OpenTransport,
  options: SocketServeOptions = {},
): Promise<SocketBoardServer> {
  return serveSockets("rfc2217", openTransport, options, (socket, transport, baudRate) =>
    new TelnetSession(socket, transport, baudRate).run(),
  );
}

class TelnetSession {
  private readonly decoder = new TelnetDecoder();
  private readonly options = new TelnetOptions();
  private readonly comPort: ComPort;
  private isGreeted = false;

  constructor(
    private readonly socket: Socket,
    private readonly transport: Transport,
    baudRate: number,
  ) {
    this.comPort = new ComPort(transport, baudRate);
  }

  async run(): Promise<void> {
    try {
      for (const negotiation of this.options.open()) await writeSocket(this.socket, negotiation);
      await Promise.race([this.fromClient(), this.toClient()]);
    } finally {
      this.comPort.release();
    }
  }

  private toClient(): Promise<void> {
    return pumpFromBoard(this.transport, async (bytes) => {
      await this.comPort.maySend;
      await writeSocket(this.socket, escapeData(bytes));
    });
  }

  private async fromClient(): Promise<void> {
    for await (const chunk of this.socket)
      for (const event of this.decoder.decode(chunk)) await this.carryOut(event);
  }

  private async carryOut(event: TelnetEvent): Promise<void> {
    if (event.type === "data") return this.transport.write(event.bytes);
    if (event.type === "negotiation") {
      const answer = this.options.answer(event.verb, event.option);
      if (answer) await writeSocket(this.socket, answer);
      return this.greetOnce();
    }
    if (event.option !== TelnetOption.comPort) return;
    for (const body of await this.comPort.execute(event.body)) await this.send(body);
  }

  private async greetOnce(): Promise<void> {
    if (this.isGreeted || !this.options.comPortIsAgreed) return;
    this.isGreeted = true;
    for (const body of this.comPort.greet()) await this.send(body);
  }

  private send(body: Uint8Array): Promise<void> {
    return writeSocket(this.socket, encodeSubnegotiation(TelnetOption.comPort, body));
  }
}
