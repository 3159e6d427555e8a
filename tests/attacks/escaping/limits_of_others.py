# what: sets the trusted process's priority, processors and limits, so that it is starved or killed
import os
import resource

PID = int("@PID@")


def limit(kind):
    resource.prlimit(PID, kind, resource.prlimit(PID, kind))


WAYS = {
    "priority": lambda: os.setpriority(os.PRIO_PROCESS, PID, os.getpriority(os.PRIO_PROCESS, PID)),
    "processors": lambda: os.sched_setaffinity(PID, os.sched_getaffinity(PID)),
    "scheduler": lambda: os.sched_setscheduler(PID, os.SCHED_OTHER, os.sched_param(0)),
    "CPU time": lambda: limit(resource.RLIMIT_CPU),
    "memory": lambda: limit(resource.RLIMIT_AS),
    "files": lambda: limit(resource.RLIMIT_NOFILE),
}


def double(x, times=2):
    for name, way in WAYS.items():
        try:
            way()
            print("gained: to set its", name)
        except OSError as error:
            print(name, error)
