# what: sends pickles, plain and in object arrays and files of NumPy, that run a program when read
# ends: crashed failed
import io
import os
import pickle
import struct
import sys

import numpy as np

channel = sys.meta_path[0]._channel


class Bomb:
    def __reduce__(self):
        return os.system, ("touch @MARKER@/pickled; echo gained >&2",)


pickled = pickle.dumps(Bomb())
file = io.BytesIO()
array = np.empty(1, object)
array[0] = Bomb()
np.save(file, array, allow_pickle=True)


def double(x, times=2):
    if times == 3:
        os.write(channel._outgoing, pickled)
        return None
    for data in (pickled, file.getvalue()):
        channel.send({"kind": "returned", "value": data, "args": (data,), "kwargs": {}})
    if x.size == 3:
        header = b'["array","|O",[%d]]' % (len(pickled) // 8)
        lengths = struct.pack("<IQ", len(header), len(pickled))
        os.write(channel._outgoing, lengths + header + pickled)
    return array
