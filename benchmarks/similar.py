"""How often `grader class similar` shows a pair: of sample attempts, and of copies made of them.

    python benchmarks/similar.py

prints the table of docs/classroom.md, and how long a thousand answers to one exercise take. Files
with the same name but for `_again` are answers with the same slip, or in the same style.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from grader.classroom.similar.collect import given_to_all
from grader.classroom.similar.compare import Compared, Detector, compare
from grader.course.course import Course, read_course

ROOT = Path(__file__).parents[1]
LEARNERS = ROOT / "tests/learners"
COPIES = 5  # of each exercise, of each kind
_ASSIGNED = re.compile(r"\b([a-z_]\w*)\s*=[^=]")
_KEYWORDS = ("axis", "keepdims", "dtype", "out", "where", "eps")


def main() -> None:
    """Print the table, and the time."""
    course = read_course(ROOT)
    for least in (0.6, 0.7, 0.8):
        counts: Counter[str] = Counter()
        for name in course.exercises:
            paths = sorted((LEARNERS / name).glob("*.py"))
            if len(paths) > 3:
                counts += _counted(course, name, paths, least)
        print(f"least {least:.0%}:", ", ".join(f"{n} {what}" for what, n in counts.items()))
    name, texts = "multi_head_attention", []
    paths = sorted((LEARNERS / name).glob("*.py"))
    rng = random.Random(0)
    for number in range(1000):
        texts.append(_exchanged(paths[number % len(paths)].read_text("utf-8"), rng))
    began = time.perf_counter()
    compare(Detector(), texts, given_to_all(course, name), 0.8)
    print(f"1,000 answers: {time.perf_counter() - began:.1f} s")


def _counted(course: Course, name: str, paths: list[Path], least: float) -> Counter[str]:
    texts, base = [path.read_text("utf-8") for path in paths], given_to_all(course, name)
    found = compare(Detector(), texts, base, least)
    shown, counts = set(_pairs(found)), Counter({"too short": len(found.short)})
    for a, b in combinations(range(len(paths)), 2):
        kinds = ["pairs"]
        if paths[a].name.startswith("right") and paths[b].name.startswith("right"):
            kinds.append("right")
        if _plain(paths[a]) == _plain(paths[b]):
            kinds.append("again")
        counts.update(kinds)
        counts.update(f"{kind} shown" for kind in kinds if (a, b) in shown)
    rng = random.Random(1)
    own = [n for n in range(len(texts)) if n not in found.short and n not in found.unread]
    chosen = rng.sample(own, min(COPIES, len(own)))
    for kind in ("renamed", "exchanged", "both"):
        copies = [_copy(texts[n], kind, rng) for n in chosen]
        shown = set(_pairs(compare(Detector(), [*texts, *copies], base, least)))
        counts["copies"] += len(chosen)
        counts[kind] += sum((n, len(texts) + k) in shown for k, n in enumerate(chosen))
    return counts


def _pairs(found: Compared) -> Iterator[tuple[int, int]]:
    for each in found.alike:
        yield from ((min(a, b), max(a, b)) for a in each.one for b in each.other)


def _plain(path: Path) -> str:
    return path.stem.replace("_again", "")


def _copy(text: str, kind: str, rng: random.Random) -> str:
    renamed = text if kind == "exchanged" else _renamed(text)
    return renamed if kind == "renamed" else _exchanged(renamed, rng)


def _renamed(text: str) -> str:
    """Return an answer with its names and comments changed."""
    for name in sorted({*_ASSIGNED.findall(text)} - {*_KEYWORDS}):
        text = re.sub(rf"(?<![.\w]){name}\b(?!\s*=[^=].*\))", f"{name}_q", text)
    return re.sub(r"#.*", "# my own work", text)


def _exchanged(text: str, rng: random.Random) -> str:
    """Return an answer with a quarter of its lines exchanged for the next one, where that goes."""
    lines = text.splitlines()
    depth = [len(line) - len(line.lstrip()) if line.strip() else -1 for line in lines]
    places = [n for n in range(1, len(lines) - 1) if depth[n] == depth[n + 1] >= 0]
    for n in rng.sample(places, min(len(places), max(1, len(places) // 4))):
        lines[n], lines[n + 1] = lines[n + 1], lines[n]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
