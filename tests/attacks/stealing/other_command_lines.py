# what: reads the command lines of all processes of this machine
# tiers: landlock bubblewrap
import os


def double(x, times=2):
    for pid in (1, os.getppid(), int("@PID@")):
        for name in ("cmdline", "status", "stat", "comm", "cgroup"):
            try:
                with open(f"/proc/{pid}/{name}") as file:
                    print("gained:", file.read(100))
            except OSError as error:
                print(error)
    return None
