# what: leaves threads and timers running that change every later answer of this process
import sys
import threading
import time


def disturb():
    while True:
        for module in list(sys.modules.values()):
            if getattr(module, "__name__", "").startswith("exercises."):
                module.double = lambda x, times=2: "attacked"
        time.sleep(0.001)


for start in (
    lambda: threading.Thread(target=disturb).start(),
    lambda: threading.Timer(0.001, disturb).start(),
):
    try:
        start()
    except RuntimeError as error:
        print(error)


def double(x, times=2):
    return None
