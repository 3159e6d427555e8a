"""What versions of exercises were made of, so that a later one says which file has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from grader.classroom.marks.schema import transaction
from grader.classroom.marks.store import Store, Under
from grader.classroom.running.versions import Versions
from grader.errors import in_one_line

_LONGEST = 1_000  # characters of a reason; what is kept of files may have been written by anybody


def remember(store: Store, versions: Versions, exercises: Iterable[str]) -> None:
    """Write down what the exercises of a course are made of now."""
    add = "INSERT OR IGNORE INTO made_of VALUES (?, ?)"
    made = [(versions.of(each), json.dumps(versions.made_of(each))) for each in exercises]
    with transaction(store.database):
        store.database.executemany(add, made)


class Reasons:
    """Says why reports do not hold any more."""

    def __init__(self, store: Store, versions: Versions) -> None:
        self._store, self._versions = store, versions
        self._known: dict[tuple[Under, Under], str] = {}

    def why(self, last: Under, under: Under) -> str:
        """Say in one line what is another now than when something was graded: files, say."""
        if (last, under) not in self._known:
            self._known[last, under] = in_one_line(self._why(last, under)[:_LONGEST])
        return self._known[last, under]

    def _why(self, last: Under, under: Under) -> str:
        before, now = json.loads(last.versions), json.loads(under.versions)
        changed = [name for name in now if name in before and before[name] != now[name]]
        if changed:
            files = {file for name in changed for file in self._changed(name, before[name])}
            return f"{', '.join(sorted(files))} changed"
        if more := sorted(now.keys() - before.keys()):
            return f"{', '.join(more)} may be imported now"
        if gone := sorted(before.keys() - now.keys()):
            return f"{', '.join(gone)} may not be imported any more"
        return "the grader changed" if last.grader != under.grader else "another seed"

    def _changed(self, exercise: str, before: str) -> Iterator[str]:
        """Yield the files of an exercise that are others now; itself where nobody knows which."""
        found = self._store.rows("SELECT files FROM made_of WHERE version = ?", before)
        was = json.loads(found[0][0]) if found else {}
        now = self._versions.made_of(exercise)
        files = [file for file in {**was, **now} if was.get(file) != now.get(file)]
        yield from files if was and files else [exercise]
