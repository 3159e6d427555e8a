"""Tables are read and written in one way each; what a cell of somebody's holds is theirs alone."""

from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path

import pytest

from grader.classroom.export import plain, unmatched_csv
from grader.classroom.marks.reading import Unmatched
from grader.classroom.people import cells, tables
from grader.classroom.people.cells import meant, rows_of
from grader.classroom.people.kept_table import KeptTable
from grader.classroom.people.tables import MAX_CELL, number_of, read_table, write_table
from grader.errors import UsageError

LONG = [
    "x" * 200_000,
    '""' * 100_000,
    '""x' * 100_000,
    "a\n" * 100_000,
    ',";\t'.replace('"', '""') * 50_000,
]


@pytest.mark.parametrize("text", LONG, ids=lambda text: repr(text[:4]))
def test_a_cell_of_any_length_costs_nobody_else(tmp_path: Path, text: str) -> None:
    """It is cut where a table is read, and stays where one is filled in."""
    path = tmp_path / "sheet.csv"
    path.write_text(f'Name,Online text,Grade\nAda,"{text}",\nBob,short,3\n', newline="")
    for table in (read_table(path), KeptTable(path).table):
        assert table.rows[0][0] == "Ada" and len(table.rows[0][1]) == MAX_CELL
        assert table.rows[1] == ("Bob", "short", "3") and table.cut == 1
    kept = KeptTable(path)
    kept.set(0, 2, "9")
    assert kept.body == path.read_bytes().replace(b'",\nBob', b'",9\nBob')


def test_a_cell_takes_no_memory_besides_itself() -> None:
    """Where quotation marks alternate with letters, nothing is remembered of each."""
    text = 'a,"' + '""x' * 300_000 + '"\n'
    tracemalloc.start()
    (row,) = rows_of(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(row.cells[1]) == len(text) - 3
    assert peak < 4 * len(text)


def test_a_table_is_held_in_one_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is read, one row at a time is in another."""
    path = tmp_path / "sheet.csv"
    path.write_text("id" + ",a" * 19 + "\n" + ("x" + "," * 19 + "\n") * 5_000)
    monkeypatch.setattr(tables, "MAX_BYTES", 200_000)  # room is made for so many
    tracemalloc.start()
    table = read_table(path)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(table.rows) == 5_000
    assert peak < 2 * held


@pytest.mark.parametrize(
    "text",
    ['a,"b ""c"" d",e\r\n"x\ny",,"z" tail\n', "a\rb\r", "a;b,c;\n;;\n", '"a"\n\n"",b"c\n', "a,"],
)
def test_cells_mean_what_csv_says(text: str) -> None:
    """As Python's own reader has them, and written as they were."""
    found = list(rows_of(text))
    assert "".join(cells.delimiter_of(text).join(row.cells) + row.end for row in found) == text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=cells.delimiter_of(text))
    ours = [[meant(cell) for cell in row.cells] for row in found]
    assert [row for row in ours if row != [""]] == [row for row in reader if row]


def test_what_is_no_table_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quotation that does not end, and too many rows or cells."""
    path = tmp_path / "sheet.csv"
    for body, said in (('a,b\nc,"d\n', "line 2 a quotation mark"), ("a\n" * 9, "more than 5 rows")):
        monkeypatch.setattr(cells, "MAX_ROWS", 5)
        path.write_text(body)
        for read in (read_table, KeptTable):
            with pytest.raises(UsageError, match=said):
                read(path)
    monkeypatch.setattr(cells, "MAX_CELLS", 5)
    path.write_text("a,b,c,d\n" * 4)
    with pytest.raises(UsageError, match="5 cells"):
        read_table(path)
    monkeypatch.undo()
    for body in ("," * 2_000, "a\n" + "," * 2_000):
        path.write_text(body)
        for read in (read_table, KeptTable):
            with pytest.raises(UsageError, match="2,000 columns"):
                read(path)


@pytest.mark.parametrize("wide", [0, 2_999], ids=["headings", "any row"])
def test_short_rows_below_a_wide_one_are_counted_as_wide(tmp_path: Path, wide: int) -> None:
    """A table has each row as long as the headings: no small file may ask for many."""
    path, rows = tmp_path / "sheet.csv", ["a"] * 3_000
    rows[wide] += "," * 1_999
    path.write_text("\n".join(rows))
    for read in (read_table, KeptTable):
        with pytest.raises(UsageError, match="2,000,000 cells"):
            read(path)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('login,name,e-mail\nada,"Ö\nA",a@x\n\nbob,Bob, jr.,b@x\n', 5),  # a comma in a name
        ("Class of 2026\nlogin,name,e-mail\n", 2),
        ("sep=,\nlogin;name;e-mail\nada;Ömer, Ada;a@x\n", 3),
    ],
)
def test_a_row_that_no_heading_fits_is_refused(tmp_path: Path, text: str, line: int) -> None:
    """Every id in it would be that of another column; cells with nothing in them do no harm."""
    path = tmp_path / "roster.csv"
    for read in (read_table, KeptTable):
        path.write_text(text, newline="")
        with pytest.raises(UsageError, match="cells, and the first one") as error:
            read(path)
        assert error.value.where == f"roster.csv:{line}"
        path.write_text("login,name\nada,Ada,, \n")
        read(path)


@pytest.mark.parametrize(
    "text",
    [
        '"Name, Vorname";"E-Mail"\n"Ömer, Ada";"ada@x.de"\n',
        "Name, Vorname;E-Mail\nÖmer, Ada;ada@x.de\n",
        '"Name, ""wie im Ausweis"", mit Titel";E-Mail\n"Ömer, Ada";ada@x.de\n',
        "sep=;\r\nName, Vorname, Titel;E-Mail\r\nÖmer, Ada;ada@x.de\r\n",
    ],
)
def test_a_comma_in_a_heading_parts_no_cells(tmp_path: Path, text: str) -> None:
    """A German spreadsheet has a semicolon between cells, and may say so in a line on top."""
    path = tmp_path / "roster.csv"
    path.write_text(text, newline="")
    assert read_table(path).rows == (("Ömer, Ada", "ada@x.de"),)
    kept = KeptTable(path)
    kept.set(0, 1, "9")
    assert kept.body.decode() == text.replace('"ada@x.de"', "9").replace("ada@x.de", "9")


@pytest.mark.parametrize(
    "cell", ["sNaN", "NaN", "Infinity", "-Infinity", "1e400", "-5", "1" * 400, "", "ten", "1_0,0,0"]
)
def test_what_is_no_number_of_points_is_none(cell: str) -> None:
    """Nothing is computed with it."""
    assert number_of(cell) is None


def test_a_number_may_have_a_comma() -> None:
    """As a site in another language writes it."""
    assert [number_of(cell) for cell in ("100,00", " 12.5 ", "0")] == [100, 12.5, 0]


FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", " =1", "\uff1d1+1", "a;=1+1.py"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_that_is_written_is_a_formula(text: str) -> None:
    """Whichever table it stands in, and whatever a spreadsheet takes to part cells."""
    body = unmatched_csv([Unmatched("kind", text, text, text, text)]).decode()
    for row in csv.reader(io.StringIO(body)):
        assert not any(
            part.strip()[:1] in {*"=+-@\uff1d"} for c in row for part in c.split(";") if c
        )
    if ";" not in text:
        assert write_table([[text]]).decode().strip().strip('"').startswith("'")
    for number in ("-1.5", "+4930123456", "007", "-3"):
        assert plain(number) == number
