# what: starts a program that outlives the grade, in each of the ways that Python has for it
import os
import subprocess
import sys

SCRIPT = "import time; time.sleep(20)"
SLEEP = [sys.executable, "-I", "-S", "-c", SCRIPT]
WAYS = [
    lambda: subprocess.Popen(SLEEP, start_new_session=True),
    lambda: subprocess.Popen(["/bin/sh", "-c", "sleep 20"]),
    lambda: subprocess.Popen(["/bin/sleep", "20"], close_fds=False, process_group=0),
    lambda: os.posix_spawn("/bin/sleep", ["sleep", "20"], {}),
    lambda: os.posix_spawn(SLEEP[0], SLEEP, {}, setsid=True),
    lambda: os.spawnv(os.P_NOWAIT, "/bin/sleep", ["sleep", "20"]),
    lambda: os.popen("sleep 20"),
]


def double(x, times=2):
    for way in WAYS:
        try:
            print("gained: another program", way())
        except (OSError, TypeError) as error:
            print(error)
