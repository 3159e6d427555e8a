# what: has a shell write a file, as any program can that calls one
import os


def double(x, times=2):
    ended = os.system("echo > @MARKER@/shell; echo gained: a shell")
    print("the shell said", ended)
