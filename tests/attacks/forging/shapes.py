# what: sends arrays whose shapes are negative, fractional, endless or do not fit their bytes
import json
import os
import struct
import sys

channel = sys.meta_path[0]._channel
SHAPES = {2: [2**61, 0], 6: [-1], 100: [2**62 + 2, 2**62], 3: [True, 2.0]}


def double(x, times=2):
    shape = "11" if times < 0 else SHAPES[x.size]
    node = ["dict", ["kind", "returned"], ["value", ["array", "<f8", shape]]]
    header = json.dumps([*node, ["args", ["tuple"]], ["kwargs", ["dict"]]]).encode()
    body = bytes(0 if 0 in shape else 16)
    os.write(channel._outgoing, struct.pack("<IQ", len(header), len(body)) + header + body)
    return None
