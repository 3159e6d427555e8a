"""Which tier promises to stop which attack: `make attacks` writes it to the docs, from the tests.

An attack is a file in a folder of its family, or a test in any other module of this folder. Of a
file its headers say which tiers promise to stop it; a test has a parameter `tier`, or is about the
trusted side, which is the same in all of them. Whoever writes one has written its row.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pytest

from tests.attacks.arena import ATTACKS, EVERY_TIER, FOLDER
from tests.conftest import ROOT

SUMMARY, WHOLE = ROOT / "docs/security.md", ROOT / "docs/attacks.md"
TIERS = EVERY_TIER[::-1]
BEGIN, END = "<!-- attacks: begin -->\n", "<!-- attacks: end -->\n"
# What is in these modules is about the attacks.
ABOUT = {"test_attacks", "test_table"}
FAMILIES = {
    "escaping": "Getting out: to other programs, processes, files, the network, the system",
    "exhausting": "Using up time, memory, processes, descriptors, the disk, the grader",
    "forging": "Speaking for the judge: answers, frames and reports that are made up",
    "hostile": "Files that are no answer, or another one than they look",
    "patching": "Changing Python, NumPy or what judges, from inside",
    "persisting": "Leaving something behind, for the next submission or the next time",
    "stealing": "Finding the answer, or what else is nobody's business",
}


class Row(NamedTuple):
    """An attack: its kind, what it tries, in how many ways, and who promises to stop it."""

    kind: str
    what: str
    ways: int
    tiers: frozenset[str]


class Collector:
    """Takes the tests that pytest finds."""

    items: list[pytest.Function]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keep them."""
        self.items = [item for item in session.items if isinstance(item, pytest.Function)]


def main() -> int:
    """Write both tables in the place of those on the pages."""
    rows = [*of_files(), *of_tests(collected())]
    for path, table in ((SUMMARY, summary(rows)), (WHOLE, whole(rows))):
        page = path.read_text("utf-8")
        before, _, rest = page.partition(BEGIN)
        written = f"{before}{BEGIN}{table}{END}{rest.partition(END)[2]}"
        if "--check" not in sys.argv:
            path.write_text(written, "utf-8")
        elif written != page:
            print(f"{path.relative_to(ROOT)} is not in step with the attacks. Run: make attacks")
            return 1
    return 0


def collected() -> list[pytest.Function]:
    """Return the tests of this folder, as pytest finds them."""
    collector, printed = Collector(), io.StringIO()
    with contextlib.redirect_stdout(printed):
        # Of what was imported here already, pytest would warn that it comes too late.
        options = ["--collect-only", "-q", "-p", "no:cacheprovider", "-W", "ignore"]
        ended = pytest.main([*options, str(FOLDER)], [collector])
    if ended:
        raise SystemExit(printed.getvalue())
    return collector.items


def of_files() -> Iterator[Row]:
    """Yield a row for every file that attacks."""
    for attack in ATTACKS:
        tiers = frozenset(filter(attack.concerns, TIERS))
        yield Row(FAMILIES[attack.path.parent.name], attack.headers["what"], 1, tiers)


def of_tests(items: Iterable[pytest.Function]) -> Iterator[Row]:
    """Yield a row for every test, with the tiers that it is made in."""
    found: dict[tuple[str, str], list[pytest.Function]] = {}
    for item in items:
        if item.module.__name__.rpartition(".")[2] not in ABOUT:
            found.setdefault((_kind(item), _words(item)), []).append(item)
    for (kind, what), same in found.items():
        tiers = {item.callspec.params.get("tier") for item in same if hasattr(item, "callspec")}
        known = frozenset(tier for tier in TIERS if tier in tiers)
        ways = len(same) // max(len(known), 1)
        yield Row(kind, what, ways, known or frozenset(TIERS))


def _kind(item: pytest.Function) -> str:
    """Return how a module's docstring begins, up to its first colon or full stop."""
    title = " ".join((item.module.__doc__ or "").split())
    return re.split(r"[:.](?:\s|$)", title)[0]


def _words(item: pytest.Function) -> str:
    return item.originalname.removeprefix("test_").replace("_", " ")


def by_kind(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return rows by their kind: those of files in the order of the families, then the tests'."""
    kinds: dict[str, list[Row]] = {title: [] for title in FAMILIES.values()}
    for row in rows:
        kinds.setdefault(row.kind, []).append(row)
    return kinds


def summary(rows: list[Row]) -> str:
    """Return a row for every kind, and what a tier does not promise of it."""
    lines = [_head("kind of attack")]
    for kind, of_kind in by_kind(rows).items():
        cells = [f"{sum(tier in row.tiers for row in of_kind)} of {len(of_kind)}" for tier in TIERS]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    for tier in TIERS:
        left = [row.what for row in rows if tier not in row.tiers]
        if left:
            lines += ["", f"Not stopped in `{tier}`: a file that", ""]
            lines += [f"- {what}" for what in left]
    return "\n".join(["", *lines, "", ""])


def whole(rows: list[Row]) -> str:
    """Return a table of every kind, with a row for every attack."""
    lines = []
    for kind, of_kind in by_kind(rows).items():
        lines += ["", f"## {kind}", "", _head("attack")]
        for row in of_kind:
            ways = f" ({row.ways} ways)" if row.ways > 1 else ""
            cells = ["stopped" if tier in row.tiers else "—" for tier in TIERS]
            lines.append(f"| {row.what}{ways} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", ""])


def _head(first: str) -> str:
    return f"| {first} | {' | '.join(f'`{tier}`' for tier in TIERS)} |\n|---|---|---|---|"


if __name__ == "__main__":
    sys.exit(main())
