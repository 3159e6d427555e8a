# what: sends headers that are almost JSON: objects, twice the same key, NaN, a mark, other codes
import os
import struct
import sys

channel = sys.meta_path[0]._channel
HEADERS = {
    2: b'{"kind":"returned","value":1,"args":[],"kwargs":{},"kind":"passed"}',
    6: b'["dict",["kind","returned"],["kind","passed"],["value",NaN]]',
    100: b'["dict",["kind","returned"],["value",Infinity],["args",["tuple"]],["kwargs",["dict"]]]',
    3: '["dict",["kind","passed"]]'.encode("utf-16"),
}


def double(x, times=2):
    header = b"\xef\xbb\xbf1e999999999" if times < 0 else HEADERS[x.size]
    os.write(channel._outgoing, struct.pack("<IQ", len(header), 0) + header)
    return None
