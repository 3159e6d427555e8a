# what: dies with its memory written to a file, where another submission or a learner may find it
# ends: crashed failed
import os
import resource


def double(x, times=2):
    if x.shape != (2,):
        return None
    for attempt in (lambda: resource.setrlimit(resource.RLIMIT_CORE, (2**20, 2**20)),):
        try:
            attempt()
            print("gained: cores are written")
        except (OSError, ValueError) as error:
            print(error)
    try:
        os.chdir("@MARKER@")
    except OSError as error:
        print(error, flush=True)
    os.abort()
