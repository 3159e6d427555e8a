# what: returns integers beyond any float, so that comparing them raises on the trusted side
import json
import os
import struct
import sys

channel = sys.meta_path[0]._channel
GIANTS = {2: 2**1023, 6: 10**4000, 100: -(10**4000), 3: 2**1023 - 1}


def double(x, times=2):
    giant = GIANTS[x.size]
    node = ["dict", ["kind", "returned"], ["value", giant], ["args", ["tuple", giant]]]
    header = json.dumps([*node, ["kwargs", ["dict", ["times", giant]]]]).encode()
    os.write(channel._outgoing, struct.pack("<IQ", len(header), 0) + header)
    return None
