# what: changes who may read and write the course's files, whose they are and when they were written
import ctypes
import os

FILES = ["", "/course.yaml", "/solutions/numbers/double.py", "/exercises/numbers/quadruple.py"]
libc = ctypes.CDLL(None, use_errno=True)
WAYS = {
    "its rights": lambda path: os.chmod(path, 0o777),
    "its owner": lambda path: os.chown(path, os.getuid(), -1),
    "its date": lambda path: os.utime(path, (1, 1)),
    "an attribute": lambda path: os.setxattr(path, "user.attacked", b"x"),
}


def double(x, times=2):
    for name in FILES:
        for what, way in WAYS.items():
            try:
                way("@COURSE@" + name)
                print("gained: to change", what, name)
            except OSError as error:
                print(error)
        if libc.syscall(452, -100, f"@COURSE@{name}".encode(), 0o777, 0) == 0:
            print("gained: to change its rights by fchmodat2")
