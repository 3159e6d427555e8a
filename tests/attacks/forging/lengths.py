# what: announces frames of gigabytes, or of other lengths than come, so that memory is made for them
# seconds: 0.5
import os
import struct
import sys

channel = sys.meta_path[0]._channel
LENGTHS = {2: (2**32 - 1, 2**64 - 1), 6: (4, 2**63), 100: (0, 0), 3: (4, 2**23)}


def double(x, times=2):
    header, body = (2, 1) if times < 0 else LENGTHS[x.size]
    os.write(channel._outgoing, struct.pack("<IQ", header, body) + b"null")
    return None
