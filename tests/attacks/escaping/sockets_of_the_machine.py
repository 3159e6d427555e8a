# what: talks to other processes and to the kernel over sockets that need no network
import socket

WAYS = {
    "a pair": socket.socketpair,
    "a path": lambda: bound(socket.AF_UNIX, "@MARKER@/socket"),
    "an abstract name": lambda: bound(socket.AF_UNIX, "\0attacked"),
    "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0),
    "packets": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW),
    "ciphers": lambda: bound(socket.AF_ALG, ("hash", "sha256")),
    "machines": lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM),
}


def bound(family, address):
    made = socket.socket(family, socket.SOCK_SEQPACKET if family == socket.AF_ALG else 1)
    made.bind(address)
    return made


def double(x, times=2):
    for name, way in WAYS.items():
        try:
            print("gained: a socket by", name, way())
        except OSError as error:
            print(name, error)
