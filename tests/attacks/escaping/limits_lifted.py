# what: lifts its own limits of memory, processes, files and CPU time
import resource

KINDS = [name for name in dir(resource) if name.startswith("RLIMIT_")]
BOUND = ["RLIMIT_CPU", "RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE"]
FREE = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def double(x, times=2):
    for name in BOUND:
        kind = getattr(resource, name)
        soft, hard = resource.getrlimit(kind)
        if resource.RLIM_INFINITY in (soft, hard):
            print("gained: there is no limit", name)
        for more in (FREE, (hard + 1, hard + 1), (hard, hard + 1), (hard + 1, hard)):
            for lift in (resource.setrlimit, lambda *limits: resource.prlimit(0, *limits)):
                try:
                    lift(kind, more)
                    print("gained: a higher limit", name, resource.getrlimit(kind))
                except (OSError, ValueError) as error:
                    print(name, error)
