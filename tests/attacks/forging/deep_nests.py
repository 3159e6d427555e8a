# what: nests a header so deep that whoever reads it runs out of stack, in JSON and in values
# ends: crashed failed
import os
import struct
import sys

channel = sys.meta_path[0]._channel
HEADERS = {
    2: b'["list",' * 60 + b"1" + b"]" * 60,
    6: b"[" * 900 + b"]" * 900,
    100: b"[" * 2_000_000 + b"]" * 2_000_000,
    3: b'{"a":' * 500_000,
}


def double(x, times=2):
    if times < 0:
        nest = []
        for _ in range(10_000):
            nest = [nest]
        return nest
    header = HEADERS[x.size]
    os.write(channel._outgoing, struct.pack("<IQ", len(header), 0) + header)
    return None
