# what: asks the trusted side for files that are no exercises: definitions, others' files, the record
import sys

channel = sys.meta_path[0]._channel
NAMES = [
    "solutions.numbers.double",
    "exercises.numbers.../../solutions/numbers/double",
    "exercises.numbers...solutions.numbers.double",
    "exercises./../solutions/numbers.double",
    "exercises...solutions.numbers.double",
    "exercises.numbers.double\0",
    "exercises.numbers.@COURSE@/solutions/numbers/double",
    "exercises.numbers.__init__",
    "exercises.numbers",
    "exercises",
    "",
    "course",
    "@COURSE@/solutions/numbers/double.py",
]


def double(x, times=2):
    for name in NAMES:
        if channel.ask({"kind": "import", "module": name}):
            print("gained: the trusted side answered", name)
    for name in ([], None, 3, {"a": 1}, ("exercises", "numbers", "double"), x):
        if channel.ask({"kind": "import", "module": name, "path": "@COURSE@/solutions"}):
            print("gained: the trusted side answered", name)
    for name in ("double", "quadruple"):
        if channel.ask({"kind": "import", "module": f"exercises.numbers.{name}"}):
            print("gained: the file of this exercise, or of a later one")
    return None
