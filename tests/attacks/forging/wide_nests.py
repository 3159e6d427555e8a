# what: sends hundreds of thousands of parts, so that reading and comparing them takes for ever
import sys

channel = sys.meta_path[0]._channel
WIDE = [[]] * 99_000


def double(x, times=2):
    if times == 2:
        return [0] * 10**6
    channel.send({"kind": "returned", "value": WIDE, "args": (), "kwargs": {}})
    channel.send({"kind": "returned", "value": x, "args": (WIDE,), "kwargs": {}})
    return None
