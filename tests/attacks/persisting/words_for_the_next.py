# what: leaves a word for the next submission wherever something can be left, and looks for one
# again: yes
import mmap
import os
import socket
import tempfile

NAME = "attacked-word-@PID@"
FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/run", ".", "..", "@MARKER@", os.path.expanduser("~"))


def double(x, times=2):
    for folder in (*FOLDERS, *os.environ.get("TMPDIR", "").split()):
        path = os.path.join(folder, NAME)
        if os.path.lexists(path):
            print("gained: a word of the last submission", path)
        for leave in (
            lambda: os.mkdir(path),
            lambda: os.close(os.open(path, os.O_CREAT | os.O_RDONLY)),
            lambda: os.close(os.open(folder, os.O_TMPFILE | os.O_RDWR)),
            lambda: os.mkfifo(path),
            lambda: os.symlink(NAME, path),
            lambda: tempfile.mkdtemp(dir=folder),
            lambda: socket.socket(socket.AF_UNIX).bind(path),
            lambda: os.utime(folder, (7, 7)),
            lambda: os.setxattr(folder, "user.word", b"word"),
        ):
            try:
                leave()
                print("gained: a word is left in", folder)
            except OSError as error:
                print(error)
    for leave in (
        lambda: socket.socket(socket.AF_UNIX).bind("\0" + NAME),
        lambda: os.memfd_create(NAME),
        lambda: mmap.mmap(-1, 4096),
        lambda: os.sched_setaffinity(os.getppid(), {0}),
        lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19),
    ):
        try:
            leave()
            print("gained: a word is left in the system")
        except OSError as error:
            print(error)
