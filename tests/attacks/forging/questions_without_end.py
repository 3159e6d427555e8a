# what: asks one question after the other, so that the time for an answer never seems to be over
# seconds: 0.5
# ends: timed_out crashed
import os
import sys
from threading import Thread

channel = sys.meta_path[0]._channel
wire = channel.send.__globals__["wire"]
QUESTION = wire.pack({"kind": "import", "module": "exercises.numbers.none"})


def drain():
    while True:
        channel._read(2**16)


def double(x, times=2):
    try:
        Thread(target=drain, daemon=True).start()
    except RuntimeError:
        while True:
            channel.ask({"kind": "import", "module": "exercises.numbers.none"})
    while True:
        os.write(channel._outgoing, QUESTION * 50)
