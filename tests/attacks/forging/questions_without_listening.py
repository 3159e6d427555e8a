# what: asks for files and never reads the replies, which pile up on the trusted side
# seconds: 0.5
# ends: timed_out crashed
import os
import sys

channel = sys.meta_path[0]._channel
wire = channel.send.__globals__["wire"]
QUESTION = wire.pack({"kind": "import", "module": "exercises.numbers.double"})
# Each reply holds this file, with these lines.
PADDING = """
################################################################################################
################################################################################################
################################################################################################
"""


def double(x, times=2):
    while True:
        os.write(channel._outgoing, QUESTION * 50)
