# what: opens devices that everybody may write to: file systems, machines, terminals, networks
import os

DEVICES = ["/dev/fuse", "/dev/kvm", "/dev/ptmx", "/dev/pts/ptmx", "/dev/net/tun", "/dev/vhost-net"]
DEVICES += ["/dev/userfaultfd", "/dev/zero", "/dev/full", "/dev/mqueue", "/proc/self/mem"]


def double(x, times=2):
    for name in DEVICES:
        try:
            os.close(os.open(name, os.O_RDWR | os.O_NOCTTY))
            print("gained:", name)
        except OSError as error:
            print(error)
