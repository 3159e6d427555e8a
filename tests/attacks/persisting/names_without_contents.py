# what: leaves messages in the names, kinds and attributes of files that hold no bytes
# again: yes
import os
import stat


def double(x, times=2):
    for leave in (
        lambda: os.mkfifo("@MARKER@/pipe"),
        lambda: os.mkdir("@MARKER@/a message of up to 255 letters"),
        lambda: os.symlink("a message of up to 4095 letters", "@MARKER@/link"),
        lambda: os.mknod("@MARKER@/node", stat.S_IFREG | 0o600),
        lambda: os.setxattr("@MARKER@", "user.attacked", b"a message"),
        lambda: os.utime("@MARKER@", (1, 1)),
        lambda: os.chmod("@MARKER@", 0o700),
    ):
        try:
            leave()
            print("gained: a message for the next submission")
        except OSError as error:
            print(error)
