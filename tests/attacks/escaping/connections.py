# what: opens a connection to send the solution away or fetch it, over TCP and UDP, named and numbered
import socket
import urllib.request

WAYS = {
    "TCP": lambda: socket.create_connection(("127.0.0.1", 9), 0.2),
    "a server": lambda: socket.create_server(("127.0.0.1", 0)),
    "UDP": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("1.1.1.1", 53)),
    "IPv6": lambda: socket.socket(socket.AF_INET6, socket.SOCK_STREAM),
    "raw": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP),
    "HTTP": lambda: urllib.request.urlopen("http://127.0.0.1:9/", timeout=0.2),
}


def double(x, times=2):
    for name, way in WAYS.items():
        try:
            print("gained: a connection by", name, way())
        except ConnectionRefusedError:
            print("gained: it was answered by", name)
        except OSError as error:
            print(name, error)
