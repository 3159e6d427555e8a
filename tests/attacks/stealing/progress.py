# what: opens the learner's record to read what was graded before, and to write what was not
# tiers: landlock bubblewrap
import sqlite3


def double(x, times=2):
    for name in ("@COURSE@/.grader/progress.db", "file:@COURSE@/.grader/progress.db?immutable=1"):
        try:
            database = sqlite3.connect(name, uri=True, timeout=0.1)
            print("gained:", database.execute("SELECT * FROM hints").fetchall())
            database.execute("INSERT INTO grades VALUES (1, 'double', 'passed', 8, 8, 1, 1)")
            database.commit()
            print("gained: a grade")
        except sqlite3.Error as error:
            print(error)
    return None
