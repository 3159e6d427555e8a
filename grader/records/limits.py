"""What a submission may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one exercise may use: seconds for all its calls, bytes of memory, bytes printed.

    `above_rest` are bytes beyond those of a process at rest; with 0, they are not limited. What is
    `imported` of a course's packages belongs to a process at rest.
    """

    seconds: float = 10.0
    memory: int = 2**30
    printed: int = 4096
    above_rest: int = 0
    imported: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise ValueError("the time limit must be longer than 0 seconds")

    @property
    def cpu_seconds(self) -> int:
        """Seconds of CPU for one process: a backstop, should nobody be there to end it."""
        return 2 * int(self.seconds) + 2
