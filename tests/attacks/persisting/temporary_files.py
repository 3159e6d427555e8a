# what: leaves files in the folders for temporary ones and looks for those of the last submission
# again: yes
import os
import tempfile

PLACES = ["@MARKER@", "/dev/shm", "."]


def double(x, times=2):
    for place in PLACES:
        path = os.path.join(place, "attacked-left")
        try:
            if os.path.getsize(path):
                print("gained: what another submission left")
        except OSError as error:
            print(error)
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o666)
        except OSError as error:
            print(error)
            continue
        try:
            os.write(file, b"a message")
            print("gained: a message for the next submission")
        except OSError as error:
            print(error)
        if place != "@MARKER@":
            os.unlink(path)
    tempfile.tempdir = "@MARKER@"
