"""Holds the master side of a pseudo terminal for the virtual board, and speaks frames on stdin, stdout and descriptor 3.

A frame is: type (1 byte), session (2 bytes), length (4 bytes), payload; numbers are little-endian. A session is one
stretch in which some program has the terminal open; it is counted from 1.

To the board:    R path        the terminal is ready
                 O             opened by a host program
                 B rate        the host's rate in bit/s (4 bytes): after O, and whenever it changes
                 D bytes       from the host
                 M id request  a request to set modem lines ("set 6"), answered before anything else on that socket
                 C             closed by the last host program
                 E text        a failure; nothing follows
From the board:  D bytes       to the host; dropped when its session is over
                 end of file   hang up and end
On descriptor 3: M id bits     the answer to a request, in hex: the lines as they are now

Answers have a way of their own: a host that waits for one reads no bytes, and behind bytes it would wait for ever.
What the lines are is answered here at once, as a kernel does; only their changes keep their place among the bytes.

Only the standard library, and one thread: every direction stops taking bytes while its other side does not give any.
"""

import errno
import fcntl
import os
import select
import signal
import socket
import struct
import sys
import termios
import tty

HEADER = struct.Struct("<cHI")
# Bytes that may wait in one direction before its source is left alone.
QUEUE_LIMIT = 65536
READ_SIZE = 16384
# Milliseconds between two looks at what no event tells: the rate of an open terminal, the opening of a closed one.
OPEN_POLL_MS = 5
CLOSED_POLL_MS = 10
# Milliseconds that bytes may take from the host's write to the master: the kernel hands them over by a work queue.
SETTLE_MS = 1
TCGETS2 = 0x802C542A
TERMIOS2_SIZE = 44
TERMIOS2_OSPEED = 40
# The descriptors on which the board sends.
BYTES, ANSWERS = 0, 3
# TIOCM_DTR and TIOCM_RTS, which are asserted when a terminal is opened.
LINES_AT_OPEN = b"6"


class Helper:
    def __init__(self, modem_directory):
        self.master, slave = os.openpty()
        self.path = os.ttyname(slave)
        tty.setraw(slave)
        # From here on the master's hang-up state tells whether a host program has the terminal open.
        os.close(slave)
        fcntl.ioctl(self.master, termios.TIOCPKT, struct.pack("i", 1))
        for fd in (self.master, BYTES, 1, ANSWERS):
            os.set_blocking(fd, False)
        self.session = 0
        self.is_open = False
        self.rate = 0
        self.to_board = bytearray()
        self.to_host = bytearray()
        self.commands = {BYTES: bytearray(), ANSWERS: bytearray()}
        self.lines = LINES_AT_OPEN
        self.requests = {}
        self.listener = self.listen(modem_directory) if modem_directory else None

    def listen(self, directory):
        """The socket on which preloaded programs ask for modem lines: its name is the terminal's number."""
        self.socket_path = os.path.join(directory, os.path.basename(self.path))
        if os.path.exists(self.socket_path):
            os.unlink(self.socket_path)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(self.socket_path)
        listener.listen(8)
        return listener

    def run(self):
        self.emit(b"R", self.path.encode())
        while self.turn():
            pass

    def end(self):
        if self.listener:
            os.unlink(self.socket_path)

    def turn(self):
        """Waits for something to happen and carries it out; False when the board is gone."""
        for fd, events in self.wait():
            if fd in self.commands and not self.read_commands(fd):
                return False
            if fd == 1 and not self.write_frames():
                return False
            if fd == self.master:
                self.serve_master(events)
            if self.listener and fd == self.listener.fileno():
                connection = self.listener.accept()[0]
                self.requests[connection.fileno()] = (connection, bytearray())
            elif fd in self.requests:
                self.read_request(fd)
        self.look_for_open()
        return True

    def wait(self):
        poll = select.poll()
        poll.register(ANSWERS, select.POLLIN)
        if len(self.to_host) < QUEUE_LIMIT:
            poll.register(BYTES, select.POLLIN)
        if self.to_board:
            poll.register(1, select.POLLOUT)
        # A closed terminal reports its hang-up without end, so it is looked at by the clock instead.
        if self.is_open:
            room = select.POLLIN if len(self.to_board) < QUEUE_LIMIT else 0
            work = select.POLLOUT if self.to_host else 0
            if room or work:
                poll.register(self.master, room | work)
        if self.listener:
            poll.register(self.listener, select.POLLIN)
        for fd in self.requests:
            poll.register(fd, select.POLLIN)
        return poll.poll(OPEN_POLL_MS if self.is_open else CLOSED_POLL_MS)

    def emit(self, kind, payload=b""):
        self.to_board += HEADER.pack(kind, self.session & 0xFFFF, len(payload)) + payload

    def write_frames(self):
        try:
            del self.to_board[: os.write(1, self.to_board)]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            return False
        return True

    def read_commands(self, source):
        data = os.read(source, READ_SIZE)
        if not data:
            return False
        commands = self.commands[source]
        commands += data
        while len(commands) >= HEADER.size:
            kind, session, length = HEADER.unpack_from(commands)
            end = HEADER.size + length
            if len(commands) < end:
                break
            payload = bytes(commands[HEADER.size : end])
            del commands[:end]
            self.execute(kind, session, payload)
        return True

    def execute(self, kind, session, payload):
        if kind == b"D":
            if self.is_open and session == self.session & 0xFFFF:
                self.to_host += payload
        elif kind == b"M":
            self.lines = payload[4:]
            fd = struct.unpack_from("<I", payload)[0]
            if fd in self.requests:
                self.answer(fd)

    def answer(self, fd):
        try:
            self.requests[fd][0].sendall(self.lines + b"\n")
        except OSError:
            self.drop(fd)

    def drop(self, fd):
        self.requests.pop(fd)[0].close()

    def read_request(self, fd):
        connection, pending = self.requests[fd]
        try:
            data = connection.recv(256)
        except OSError:
            data = b""
        if not data or len(pending) > 256:
            self.drop(fd)
            return
        pending += data
        while b"\n" in pending:
            end = pending.index(b"\n")
            line = bytes(pending[:end])
            del pending[: end + 1]
            if line.startswith(b"get"):
                self.answer(fd)
            else:
                self.catch_up()
                self.emit(b"M", struct.pack("<I", fd) + line)

    def catch_up(self):
        """Brings everything that the host did before its request in front of it: opening, rate, bytes."""
        self.look_for_open()
        poll = select.poll()
        poll.register(self.master, select.POLLIN)
        while self.is_open:
            ready = poll.poll(SETTLE_MS)
            if not ready or not ready[0][1] & select.POLLIN:
                break
            self.read_master()
        self.look_at_rate()

    def look_for_open(self):
        if not self.is_open and not self.is_hung_up():
            self.is_open = True
            self.lines = LINES_AT_OPEN
            self.session += 1
            self.rate = 0
            self.emit(b"O")
        self.look_at_rate()

    def is_hung_up(self):
        poll = select.poll()
        poll.register(self.master, 0)
        return any(events & select.POLLHUP for _, events in poll.poll(0))

    def look_at_rate(self):
        if not self.is_open:
            return
        rate = self.host_rate()
        if rate != self.rate:
            self.rate = rate
            self.emit(b"B", struct.pack("<I", rate))

    def host_rate(self):
        if sys.platform == "linux":
            settings = bytearray(TERMIOS2_SIZE)
            fcntl.ioctl(self.master, TCGETS2, settings)
            return struct.unpack_from("<I", settings, TERMIOS2_OSPEED)[0]
        # Elsewhere the constants are the rates themselves.
        return termios.tcgetattr(self.master)[5]

    def serve_master(self, events):
        if events & select.POLLOUT and self.to_host:
            try:
                del self.to_host[: os.write(self.master, self.to_host)]
            except BlockingIOError:
                pass
        if events & select.POLLIN:
            self.read_master()
        elif events & select.POLLHUP:
            self.close_session()

    def read_master(self):
        try:
            data = os.read(self.master, READ_SIZE)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            self.close_session()
            return
        # Packet mode: the first byte is 0 before data, and otherwise a notice, for example that the host flushed.
        self.look_at_rate()
        if data[:1] == b"\0" and len(data) > 1:
            self.emit(b"D", data[1:])

    def close_session(self):
        self.is_open = False
        self.to_host.clear()
        self.forget_unread()
        self.emit(b"C")

    def forget_unread(self):
        """Drops what the host did not read, so that the next one does not find it: only the slave's side can."""
        try:
            slave = os.open(self.path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:
            return
        try:
            termios.tcflush(slave, termios.TCIOFLUSH)
        finally:
            os.close(slave)


def main():
    # Ctrl-C reaches the whole process group; the board's program decides when the terminal goes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    helper = None
    try:
        helper = Helper(sys.argv[1] if len(sys.argv) > 1 else "")
        helper.run()
    except OSError as error:
        text = str(error).encode()
        os.set_blocking(1, True)
        os.write(1, HEADER.pack(b"E", 0, len(text)) + text)
    finally:
        if helper:
            helper.end()


main()
