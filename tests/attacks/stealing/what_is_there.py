# what: asks whether there are files of the course, how large they are, and when they were changed
# tiers: bubblewrap
import os

FILES = ("course.yaml", "solutions/numbers/double.py", ".grader/progress.db", "exercises/numbers")


def double(x, times=2):
    for name in FILES:
        for ask in (os.stat, os.lstat, os.path.getsize, os.path.getmtime):
            try:
                print("gained:", name, ask(f"@COURSE@/{name}"))
            except OSError as error:
                print(error)
        if os.access(f"@COURSE@/{name}", os.F_OK):
            print("gained: there is", name)
