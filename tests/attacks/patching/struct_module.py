# what: replaces what writes a frame's lengths, so that a frame claims to hold more than comes
# seconds: 0.5
import struct
import sys

wire = sys.meta_path[0]._channel.send.__globals__["wire"]


class Lengths:
    size = 12

    def pack(self, header, body):
        return struct.pack("<IQ", header + 10**6, 2**20)

    unpack = staticmethod(lambda data: struct.unpack("<IQ", data))


def double(x, times=2):
    wire._LENGTHS = Lengths()
    return x
