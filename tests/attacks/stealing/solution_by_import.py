# what: imports the solutions and the grader, as if it were one of them
# tiers: landlock bubblewrap
import importlib
import sys

WIRE = sys.meta_path[0]._channel.send.__globals__["wire"].__file__
sys.path[:0] = ["@COURSE@", WIRE.partition("/grader/")[0], *getattr(sys, "orig_argv", [])]


def double(x, times=2):
    for name in ("solutions.numbers.double", "grader.course", "grader.siblings", "tests.conftest"):
        try:
            module = importlib.import_module(name)
        except ImportError as error:
            print(error)
            continue
        print("gained:", name)
        if hasattr(module, "double"):
            return module.double(x, times)
    return None
