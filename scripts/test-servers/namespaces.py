"""Two network namespaces, `phone` and `server`, joined by links that lose packets, hold them up and fail.

    python3 namespaces.py CONTROL LINK...

Each link is a TUN interface of its name in both namespaces, and this program carries the packets between them. It prints one
line of JSON: under which of its file descriptors the namespaces are. CONTROL is the path of a Unix socket that takes one
request a line, as JSON: {"link": "wifi", "loss": 0.3, "delayMs": 20, "jitterMs": 5, "seed": 1}, all but the link optional,
and answers each with what the link has carried and lost so far. The end of standard input ends it, and with it the namespaces:
whatever becomes of who started it, nothing stays behind.
"""

import ctypes
import fcntl
import heapq
import json
import os
import random
import selectors
import socket
import struct
import sys
import time

CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
# Whatever a TUN device hands over at once.
MOST_BYTES = 65_536

libc = ctypes.CDLL(None, use_errno=True)


def namespace(links):
    """Moves into a new namespace; its file descriptor, and those of its ends of the links."""
    if libc.unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "no network namespace is allowed here")
    return os.open("/proc/self/ns/net", os.O_RDONLY), [tun(name) for name in links]


def tun(name):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
    return device


class Link:
    """Carries packets between two devices as badly as it was told to; what is told with a seed goes the same way each time."""

    def __init__(self):
        self.loss = 0.0
        self.delay_s = 0.0
        self.jitter_s = 0.0
        self.chance = random.Random(1)
        self.carried = 0
        self.lost = 0

    def change(self, loss=None, delayMs=None, jitterMs=None, seed=None):
        if loss is not None:
            self.loss = loss
        if delayMs is not None:
            self.delay_s = delayMs / 1000
        if jitterMs is not None:
            self.jitter_s = jitterMs / 1000
        if seed is not None:
            self.chance = random.Random(seed)
        return {"carried": self.carried, "lost": self.lost}

    def held_s(self):
        """How long the next packet is held up; None: it is lost."""
        if self.chance.random() < self.loss:
            self.lost += 1
            return None
        self.carried += 1
        return max(0.0, self.delay_s + self.jitter_s * (2 * self.chance.random() - 1))


def main(control_path, names):
    near, near_devices = namespace(names)
    far, far_devices = namespace(names)
    links = {name: Link() for name in names}
    selector = selectors.DefaultSelector()
    waiting = []
    count = 0

    def carry(device, other, link):
        nonlocal count
        try:
            packet = os.read(device, MOST_BYTES)
        except OSError:
            return  # The interface is down.
        if packet[0] >> 4 != 4:
            return
        held = link.held_s()
        if held is None:
            return
        if held == 0:
            deliver(other, packet)
        else:
            count += 1
            heapq.heappush(waiting, (time.monotonic() + held, count, other, packet))

    def deliver(device, packet):
        try:
            os.write(device, packet)
        except OSError:
            pass  # The interface is down, or its queue is full: lost, as on any network.

    def accept(listener):
        connection, _ = listener.accept()
        lines = connection.makefile("rw")
        selector.register(connection, selectors.EVENT_READ, lambda: obey(connection, lines))

    def obey(connection, lines):
        line = lines.readline()
        if not line:
            selector.unregister(connection)
            connection.close()
            return
        request = json.loads(line)
        lines.write(json.dumps(links[request.pop("link")].change(**request)) + "\n")
        lines.flush()

    for name, one, other in zip(names, near_devices, far_devices):
        for device, opposite in ((one, other), (other, one)):
            selector.register(
                device, selectors.EVENT_READ, lambda d=device, o=opposite, l=links[name]: carry(d, o, l)
            )
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(control_path)
    listener.listen()
    selector.register(listener, selectors.EVENT_READ, lambda: accept(listener))
    selector.register(sys.stdin, selectors.EVENT_READ, sys.exit)
    print(json.dumps({"phone": near, "server": far}), flush=True)

    while True:
        pause = max(0.0, waiting[0][0] - time.monotonic()) if waiting else None
        for key, _ in selector.select(pause):
            key.data()
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, device, packet = heapq.heappop(waiting)
            deliver(device, packet)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
