# what: says that it is ready, loaded and done at times when nobody asked
import sys

channel = sys.meta_path[0]._channel


def double(x, times=2):
    if x.shape != (2,):
        return None
    for kind in ("ready", "loaded", "done", "bye", "", "loaded"):
        channel.send({"kind": kind})
    return None
