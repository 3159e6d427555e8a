# what: reads what everybody may read: accounts, the home folder, other people's files, the temporary ones
# tiers: landlock bubblewrap
import os

PLACES = ["/etc/passwd", "/etc/hostname", "/proc/version", "/proc/cpuinfo", "/proc/net/tcp"]
FOLDERS = ["/", "/tmp", "/home", "/root", "/etc", "/proc", "/dev/shm", "/var/tmp", ".", "@COURSE@"]


def double(x, times=2):
    for place in PLACES:
        try:
            with open(place) as file:
                print("gained:", file.read(80))
        except OSError as error:
            print(error)
    for folder in FOLDERS:
        try:
            names = set(os.listdir(folder))
        except OSError as error:
            print(error)
            continue
        if names - {
            "lib",
            "lib64",
            "usr",
            "root",
            "tmp",
            "work",
            "opt",
            "home",
            "dev",
            "etc",
            "proc",
        }:
            print("gained: the names in", folder, names)
    return None
