# what: sends dicts whose keys all have the same hash, so that reading one takes for ever
import json
import os
import struct
import sys

channel = sys.meta_path[0]._channel
STEPS = {2: 2**61 - 1, 6: 2.0**61, 100: 2**64, 3: 2**44}


def double(x, times=2):
    entries = [[number * STEPS[x.size], 0] for number in range(1, 45_000)]
    node = ["dict", ["kind", "returned"], ["value", ["dict", *entries]]]
    header = json.dumps([*node, ["args", ["tuple"]], ["kwargs", ["dict"]]]).encode()
    os.write(channel._outgoing, struct.pack("<IQ", len(header), 0) + header)
    return None
