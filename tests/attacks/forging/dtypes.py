# what: sends arrays of dtypes that may not cross: objects, dates, records and longer floats
import json
import os
import struct
import sys

channel = sys.meta_path[0]._channel
DTYPES = {2: "|O", 6: "<M8[s]", 100: "|V8", 3: "f8,f8"}


def double(x, times=2):
    array = ["array", "object" if times < 0 else DTYPES[x.size], [2]]
    node = ["dict", ["kind", "returned"], ["value", array], ["args", ["tuple"]]]
    header = json.dumps([*node, ["kwargs", ["dict"]]]).encode()
    body = b"\x10" * 16
    os.write(channel._outgoing, struct.pack("<IQ", len(header), len(body)) + header + body)
    return None
