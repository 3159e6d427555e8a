"""Databases that others made: nothing that they say of their own tables is ever worked out."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.marks.store import Store
from grader.course.course import Course
from grader.course.database_check import DamagedError
from grader.course.database_schema import require_small_schema
from grader.course.progress import FOLDER, Progress
from grader.course.progress_tables import in_memory, made_ready
from tests.attacks.bounds import bounded

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches memory as Linux tells it")

# One step of SQLite's machine that ends when the course is over, and one that takes gigabytes.
HOURS = "instr(hex(zeroblob(10000000)), hex(zeroblob(5000000)) || '1') = 0"
GIGABYTES = "length(replace(hex(zeroblob(120000000)), '0', 'aaaa')) > 0"
SLOW = [HOURS, GIGABYTES]


def said_otherwise(database: sqlite3.Connection, name: str, statement: str) -> None:
    """Let a schema say that something is made by another statement than it was."""
    database.execute("PRAGMA writable_schema = ON")
    database.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (statement, name))


def with_condition(database: sqlite3.Connection, slow: str) -> None:
    """Add a table whose rows have to fulfil it."""
    database.execute("CREATE TABLE evil (x)")
    database.execute("INSERT INTO evil VALUES (1)")
    said_otherwise(database, "evil", f"CREATE TABLE evil (x CHECK ({slow}))")


def with_column(database: sqlite3.Connection, slow: str) -> None:
    """Add a table with a column that is worked out when it is read, and never stored."""
    database.execute("CREATE TABLE evil (x)")
    database.execute("INSERT INTO evil VALUES (1)")
    said_otherwise(database, "evil", f"CREATE TABLE evil (x, y AS ({slow}) NOT NULL)")


def with_reference(database: sqlite3.Connection, slow: str) -> None:
    """Add a table in which a column that is worked out names a row of a table of ours."""
    ours = "SELECT name FROM sqlite_master WHERE name IN ('people', 'sittings')"
    ((parent,),) = database.execute(ours)
    database.execute("CREATE TABLE evil (x)")
    database.execute("INSERT INTO evil VALUES (1)")
    said_otherwise(database, "evil", f"CREATE TABLE evil (x, y AS ({slow}) REFERENCES {parent})")


def with_index(database: sqlite3.Connection, slow: str) -> None:
    """Index what is to be worked out of each row."""
    database.execute("CREATE TABLE evil (x)")
    database.execute("CREATE INDEX slow ON evil (x)")
    database.execute("INSERT INTO evil VALUES (1)")
    said_otherwise(database, "slow", f"CREATE INDEX slow ON evil (x) WHERE {slow}")


def with_more_in_a_table_of_ours(database: sqlite3.Connection, slow: str) -> None:
    """Let a table of ours have a condition."""
    of_ours = "SELECT name, sql FROM sqlite_master WHERE name IN ('people', 'hints')"
    ((name, statement),) = database.execute(of_ours)
    said_otherwise(database, name, statement.removesuffix(")") + f", CHECK ({slow}))")


def with_what_sqlite_counts(database: sqlite3.Connection, slow: str) -> None:
    """Let a table that SQLite itself makes have a condition."""
    database.execute("ANALYZE")
    database.execute("INSERT INTO sqlite_stat1 VALUES ('a', 'b', 'c')")
    statement = f"CREATE TABLE sqlite_stat1(tbl,idx,stat CHECK ({slow}))"
    said_otherwise(database, "sqlite_stat1", statement)


ODD = [with_condition, with_column, with_reference, with_index]
ODD += [with_more_in_a_table_of_ours, with_what_sqlite_counts]
Make = Callable[[sqlite3.Connection, str], None]


def made_odd(path: Path, make: Make, slow: str) -> None:
    """Change a database as a stranger can."""
    database = sqlite3.connect(path, isolation_level=None)
    make(database, slow)
    database.close()


@pytest.mark.parametrize("slow", SLOW, ids=["hours", "gigabytes"])
@pytest.mark.parametrize("make", ODD)
def test_what_a_record_says_of_its_tables_is_not_worked_out(
    tiny: Course, make: Make, slow: str
) -> None:
    """In a course's own it is set aside, and as somebody's answers it is refused."""
    with Progress(tiny.root) as progress:
        row = "INSERT INTO sittings (quiz, seed, at, scope, mode) VALUES ('sums', 1, 1, '', 'exam')"
        progress.write(row)
    made_odd(progress.path, make, slow)
    (tiny.root / "in/ada").mkdir(parents=True)
    shutil.copy(progress.path, tiny.root / "in/ada/progress.db")
    first, second, _ = bounded(tiny.root, [], [], ["class", "quiz", "in"])
    assert first.code == 0 and "progress-damaged" in first.err
    assert not second.err
    assert "is not one of ours" in (tiny.root / "marks/unmatched.csv").read_text()


@pytest.mark.parametrize("slow", SLOW, ids=["hours", "gigabytes"])
@pytest.mark.parametrize("make", ODD)
def test_what_marks_say_of_their_tables_is_not_worked_out(
    tiny: Course, make: Make, slow: str
) -> None:
    """One sentence that names the file."""
    with Store(tiny.root / "marks", make=True) as store:
        store.database.execute("INSERT INTO people VALUES (1, 'ada', NULL, '[]')")
    made_odd(tiny.root / "marks/marks.db", make, slow)
    asked = ["class", "export", "marks", "--format", "csv", "-o", "-"]
    for ended in bounded(tiny.root, asked, ["class", "report", "marks"]):
        assert ended.code == 2 and "marks.db" in ended.err and "not one of ours" in ended.err


def plain(database: sqlite3.Connection) -> None:
    """Have a table that nobody reads."""
    database.execute("CREATE TABLE mine (x)")


def twice(database: sqlite3.Connection) -> None:
    """Have two tables of one name."""
    database.execute("PRAGMA writable_schema = ON")
    database.execute(
        "INSERT INTO sqlite_master SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master"
        " WHERE name = 'hints'"
    )


def in_one_place(database: sqlite3.Connection) -> None:
    """Let two tables of ours be the same rows."""
    database.execute("PRAGMA writable_schema = ON")
    place = "(SELECT rootpage FROM sqlite_master WHERE name = 'grades')"
    database.execute(f"UPDATE sqlite_master SET rootpage = {place} WHERE name = 'sittings'")


def in_the_schema(database: sqlite3.Connection) -> None:
    """Let a table of ours be the schema."""
    database.execute("PRAGMA writable_schema = ON")
    database.execute("UPDATE sqlite_master SET rootpage = 1 WHERE name = 'hints'")


def by_another_name(database: sqlite3.Connection) -> None:
    """Say that one table of ours is another."""
    database.execute("PRAGMA writable_schema = ON")
    database.execute("UPDATE sqlite_master SET name = 'grades' WHERE name = 'hints'")


def with_a_letter_like_a_space(database: sqlite3.Connection) -> None:
    """Have columns that are called otherwise, and look the same."""
    (sql,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'hints'").fetchone()
    said_otherwise(database, "hints", sql.replace("shown INTEGER", "shown\u00a0INTEGER"))


def as_bytes(database: sqlite3.Connection) -> None:
    """Have a statement that is no text."""
    database.execute("PRAGMA writable_schema = ON")
    database.execute("UPDATE sqlite_master SET sql = CAST(sql AS BLOB) WHERE name = 'hints'")


def past_its_end(database: sqlite3.Connection) -> None:
    """Have a statement that goes on behind a zero."""
    (sql,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'hints'").fetchone()
    said_otherwise(database, "hints", sql + "\0" + sql)


OTHERS = [plain, twice, in_one_place, in_the_schema, by_another_name]
OTHERS += [with_a_letter_like_a_space, as_bytes, past_its_end]


@pytest.mark.parametrize("make", OTHERS)
def test_a_schema_is_ours_to_the_letter(
    tiny: Course, make: Callable[[sqlite3.Connection], None]
) -> None:
    """Whatever else is in it: the record is set aside, and the next command has a new one."""
    with Progress(tiny.root) as progress:
        path = progress.path
    made_odd(path, lambda database, _: make(database), "")
    first, second = bounded(tiny.root, [], ["hint", "double"])
    assert first.code == 0 and "progress-damaged" in first.err
    assert "damaged" not in second.err


def very_many(database: sqlite3.Connection) -> None:
    """Have a hundred thousand tables, all in one place."""
    database.execute("PRAGMA writable_schema = ON")
    database.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
        " INSERT INTO sqlite_master SELECT 'table', 't' || i, 't' || i, 2,"
        " 'CREATE TABLE t' || i || '(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p)' FROM n"
    )


def of_megabytes(database: sqlite3.Connection) -> None:
    """Have tables whose statements are as long as SQLite takes them."""
    for number in range(40):
        database.execute(f"CREATE TABLE t{number} (x)")
        condition = "+1" * 400 + " OR 1"
        conditions = f", CHECK (x{condition})" * 1_100
        said_otherwise(database, f"t{number}", f"CREATE TABLE t{number} (x{conditions})")


def of_many_columns(database: sqlite3.Connection) -> None:
    """Have tables of as many columns as SQLite takes."""
    database.execute("PRAGMA writable_schema = ON")
    columns = ",".join(f"c{number}" for number in range(1_990))
    database.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
        " INSERT INTO sqlite_master SELECT 'table', 't' || i, 't' || i, 2,"
        " 'CREATE TABLE t' || i || '(' || ? || ')' FROM n",
        (columns,),
    )


LARGE = [very_many, of_megabytes, of_many_columns]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="sets limits that earlier ones cannot")
@pytest.mark.parametrize("make", LARGE)
def test_a_large_schema_is_not_parsed(
    tiny: Course, make: Callable[[sqlite3.Connection], None]
) -> None:
    """SQLite does so before the first question is answered, in records and in marks."""
    with Progress(tiny.root) as progress:
        path = progress.path
    Store(tiny.root / "marks", make=True).database.close()
    for each in (path, tiny.root / "marks/marks.db"):
        made_odd(each, lambda database, _: make(database), "")
    asked = ["class", "export", "marks", "--format", "csv", "-o", "-"]
    shown, exported = bounded(tiny.root, [], asked)
    assert shown.code == 0 and "progress-damaged" in shown.err
    assert exported.code == 2 and "marks.db" in exported.err


def test_no_more_of_a_schema_is_read_than_ours_takes(tmp_path: Path) -> None:
    """Tables are counted while they are read, on any Python; ours are a tenth of what may be."""
    path = tmp_path / "many.db"
    made_odd(path, lambda database, _: very_many(database), "")
    database = sqlite3.connect(path)
    with pytest.raises(DamagedError, match="more tables than ours"):
        require_small_schema(database, 1_000)
    database.close()


# ---- what is left alone


def test_what_sqlite_itself_counts_is_no_damage(tiny: Course) -> None:
    """Another program may have asked it to."""
    with Progress(tiny.root) as progress:
        progress.take_hint("double")
        progress.write("ANALYZE")
    Store(tiny.root / "marks", make=True).database.executescript("ANALYZE")
    with Progress(tiny.root) as progress:
        assert not progress.notice and progress.take_hint("double") == 1
    Store(tiny.root / "marks").database.close()


def test_what_the_first_graders_had_is_ours(tmp_path: Path) -> None:
    """Tables that nothing reads any more, whichever version says that it was the last."""
    first = made_ready(in_memory())
    first.executescript(
        "CREATE TABLE solutions (exercise TEXT PRIMARY KEY, at REAL NOT NULL);"
        "CREATE TABLE answers (\n    sitting INTEGER NOT NULL REFERENCES sittings (id),"
        " question TEXT NOT NULL,\n    chosen TEXT, at REAL NOT NULL,"
        " PRIMARY KEY (sitting, question));"
    )
    (tmp_path / FOLDER).mkdir()
    kept = sqlite3.connect(tmp_path / FOLDER / "progress.db")
    first.backup(kept)
    kept.close()
    with Progress(tmp_path) as progress:
        assert not progress.notice and progress.is_kept
