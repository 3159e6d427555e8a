# what: opens the machine's memory, disks, terminals and the kernel's own files
import os
import stat

DEVICES = ["/dev/mem", "/dev/kmem", "/dev/port", "/dev/vda", "/dev/sda", "/dev/nvme0n1"]
DEVICES += ["/proc/kcore", "/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern"]
DEVICES += ["/sys/kernel/debug", "/proc/kallsyms", "/dev/console", "/dev/tty0", "/dev/vcs"]


def double(x, times=2):
    for name in DEVICES:
        for flags in (os.O_WRONLY | os.O_NOCTTY, os.O_RDWR | os.O_NOCTTY):
            try:
                os.close(os.open(name, flags))
                print("gained:", name)
            except OSError as error:
                print(error)
    try:
        os.mknod("@MARKER@/memory", stat.S_IFCHR | 0o666, os.makedev(1, 1))
        print("gained: a device of its own")
    except OSError as error:
        print(error)
