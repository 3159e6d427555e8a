"""Record the sample as GIFT, and the tree that gift-pegjs makes of it; see `make consumers`.

Run as `python -m tests.quiz.export.record` after a change of the writer, and read the difference.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from grader.quiz.export.gift import write_gift
from tests.quiz.export.samples import sample
from tests.quiz.export.test_gift import TEXT, TREE, parsed

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        text = write_gift([sample(Path(folder))]).content.decode()
    TEXT.write_text(text, "utf-8")
    TREE.write_text(parsed(text), "utf-8")
