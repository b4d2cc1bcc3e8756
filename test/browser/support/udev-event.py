"""
Tells the programs of this network namespace that a terminal device has come or gone, as udev does.

    udev-event.py add|remove <name in /dev> <vendor id> <product id>

The message is that of libudev's monitor: a header with a hash of the subsystem, by which receivers filter in the kernel,
and properties as text. Source: the structure monitor_netlink_header in systemd's src/libsystemd/sd-device.
"""
import os
import socket
import struct
import sys

NETLINK_KOBJECT_UEVENT = 15
UDEV_GROUP = 2
MAGIC = 0xFEEDCAFE
HEADER_SIZE = 40


def hash_of(text):
    """MurmurHash2 with seed 0, of 32 bits."""
    data = text.encode()
    factor = 0x5BD1E995
    mask = 0xFFFFFFFF
    value = len(data)
    whole = len(data) & ~3
    for (word,) in struct.iter_unpack("<I", data[:whole]):
        word = word * factor & mask
        word = (word ^ word >> 24) * factor & mask
        value = (value * factor & mask) ^ word
    if rest := data[whole:]:
        value = (value ^ int.from_bytes(rest, "little")) * factor & mask
    value = (value ^ value >> 13) * factor & mask
    return value ^ value >> 15


def main(action, name, vendor, product):
    folder = os.path.realpath(f"/sys/class/tty/{name}")
    with open(f"{folder}/dev") as file:
        major, minor = file.read().strip().split(":")
    properties = {
        "ACTION": action,
        "DEVPATH": folder.removeprefix("/sys"),
        "SUBSYSTEM": "tty",
        "DEVNAME": f"/dev/{name}",
        "MAJOR": major,
        "MINOR": minor,
        "SEQNUM": "1",
        "ID_BUS": "usb",
        "ID_VENDOR_ID": vendor,
        "ID_MODEL_ID": product,
        "USEC_INITIALIZED": "1000",
    }
    body = b"".join(f"{key}={value}\0".encode() for key, value in properties.items())
    header = b"libudev\0" + struct.pack(">I", MAGIC) + struct.pack("=III", HEADER_SIZE, HEADER_SIZE, len(body))
    header += struct.pack(">III", hash_of("tty"), 0, 0) + struct.pack(">I", 0)
    assert len(header) == HEADER_SIZE
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_KOBJECT_UEVENT) as netlink:
        netlink.bind((0, 0))
        netlink.sendto(header + body, (0, UDEV_GROUP))


main(*sys.argv[1:])
