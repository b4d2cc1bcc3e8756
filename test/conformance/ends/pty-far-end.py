"""The far end of a pseudo terminal: moves bytes between its master side and this process's stdin and stdout.

In:  W<size><bytes> write, P pause reading, R resume, H hang up.
Out: S<size><path> of the slave, D<size><bytes> read, A<4><count> bytes written so far, B<4><bit/s> rate of the slave.
Sizes and numbers are 32 bits, low byte first.
"""

import fcntl
import os
import select
import struct
import sys
import tty

TCGETS2 = 0x802C542A
OUTPUT_RATE_AT = 40

master, slave = os.openpty()
tty.setraw(slave)
os.set_blocking(master, False)
stdin, stdout = os.fdopen(0, "rb", 0), sys.stdout.buffer


def tell(kind, body):
    stdout.write(kind + struct.pack("<I", len(body)) + body)
    stdout.flush()


def slave_rate():
    if not sys.platform.startswith("linux"):
        return 0
    settings = fcntl.ioctl(master, TCGETS2, bytes(64))
    return struct.unpack_from("<I", settings, OUTPUT_RATE_AT)[0]


def exactly(size):
    body = b""
    while len(body) < size:
        more = stdin.read(size - len(body))  # unbuffered, so that select() sees all that is left
        if not more:
            return None
        body += more
    return body


def next_command():
    head = exactly(5)
    body = head and exactly(struct.unpack("<I", head[1:])[0])
    return (b"H", b"") if body is None else (head[:1], body)


def main():
    pending, accepted, paused, rate = b"", 0, False, slave_rate()
    tell(b"S", os.ttyname(slave).encode())  # From here on the other side may change the rate.
    while True:
        reading = ([] if pending else [stdin.fileno()]) + ([] if paused else [master])
        readable, writable, _ = select.select(reading, [master] if pending else [], [], 0.005)
        now = slave_rate()
        if now != rate:
            rate = now
            tell(b"B", struct.pack("<I", rate))
        if writable:
            count = os.write(master, pending)
            pending, accepted = pending[count:], accepted + count
            tell(b"A", struct.pack("<I", accepted))
        if master in readable:
            try:
                tell(b"D", os.read(master, 65536))
            except BlockingIOError:
                pass  # A change of rate threw away what select() had seen.
        if stdin.fileno() in readable:
            kind, body = next_command()
            if kind == b"H":
                return
            if kind == b"W":
                pending = body
            paused = kind == b"P" or (paused and kind != b"R")


main()
