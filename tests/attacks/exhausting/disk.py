# what: fills the disk, in whatever folder lets it write
import os
import tempfile

PLACES = ["@MARKER@", "@COURSE@", "/tmp", "/var/tmp", "/dev/shm", "/", ".", tempfile.gettempdir]


def double(x, times=2):
    for place in PLACES:
        try:
            path = os.path.join(place() if callable(place) else place, "attacked-filled")
            file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        except OSError as error:
            print(error)
            continue
        for write in (
            lambda: os.write(file, bytes(2**16)),
            lambda: os.posix_fallocate(file, 0, 2**20),
        ):
            try:
                write()
                print("gained: bytes on the disk in", place)
            except OSError as error:
                print(error)
        os.close(file)
        os.unlink(path)
