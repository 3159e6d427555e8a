# what: changes its root to a folder that it has laid out, or to one above its own
import os


def double(x, times=2):
    for folder in ("@MARKER@", "/", "..", "/proc/1/root"):
        try:
            os.chroot(folder)
            print("gained: another root", folder)
        except OSError as error:
            print(error)
