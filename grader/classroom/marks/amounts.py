"""Tells marks that can be read in no time from marks that nobody could wait for."""

from __future__ import annotations

import sqlite3

from grader.errors import UsageError

# Files times appearances of all hand-ins of one person, and of everybody: each is a row when marks
# are read. Of sixty files that come anew each day of a year these are 22,000.
MAX_READ, MAX_ALL_READ = 200_000, 10_000_000
MAX_MARKS = 2_000_000  # people times what counts: forty thousand have fifty each
_COUNTS = "SELECT hand_in, COUNT(*) + 1.0 AS n FROM {} GROUP BY hand_in"
_OF_EACH = (  # hand-in of everybody's
    "SELECT o.person, o.hand_in, IFNULL(f.n, 1) * IFNULL(a.n, 1) AS n FROM owners o"
    f" LEFT JOIN ({_COUNTS.format('files')}) f ON f.hand_in = o.hand_in"
    f" LEFT JOIN ({_COUNTS.format('appearances')}) a ON a.hand_in = o.hand_in"
)
_TOO_MANY = (
    f"with what they handed in later it has more than {MAX_READ:,} files, as often as they came"
)


def require_few_marks(database: sqlite3.Connection) -> None:
    """Raise `UsageError` where there is so much that the marks would not be read again."""
    if why := too_much(database):
        raise UsageError(
            f"there are {why}",
            next="Begin another folder of marks, with -o, from the newest download, or with a part"
            " of the class.",
        )


def leave_out_too_many(database: sqlite3.Connection) -> None:
    """Make nobody's what one person handed in beyond what can be read: the last stays theirs."""
    most = f"SELECT person FROM ({_OF_EACH}) GROUP BY person HAVING TOTAL(n) > {MAX_READ}"
    for (person,) in database.execute(most).fetchall():
        query = f"SELECT hand_in, n FROM ({_OF_EACH}) WHERE person = ? ORDER BY hand_in DESC"
        left: float = MAX_READ
        for hand_in, count in database.execute(query, (person,)).fetchall():
            left -= count
            if left < 0:
                own = "DELETE FROM owners WHERE person = ? AND hand_in = ?"
                database.execute(own, (person, hand_in))
                told = "UPDATE hand_ins SET unmatched = ? WHERE id = ?"
                told += " AND id NOT IN (SELECT hand_in FROM owners)"
                database.execute(told, (_TOO_MANY, hand_in))


def too_much(database: sqlite3.Connection) -> str:
    """Say what there is more of than marks can be read with; nothing where all is well."""
    of_each = f"SELECT TOTAL(n) AS n FROM ({_OF_EACH}) GROUP BY person"
    most, all = database.execute(f"SELECT IFNULL(MAX(n), 0), TOTAL(n) FROM ({of_each})").fetchone()
    if most > MAX_READ or all > MAX_ALL_READ:
        said = f"{MAX_READ:,} files of one person, or {MAX_ALL_READ:,} of all"
        return f"more than {said}, each counted as often as it came"
    tables = ("people", "exercises", "quizzes")
    people, *terms = (database.execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0] for t in tables)
    return f"more than {MAX_MARKS:,} marks" if people * sum(terms) > MAX_MARKS else ""
