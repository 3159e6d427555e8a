"""Where fresh inputs and fresh orders come from."""

from __future__ import annotations

import os

MAX_SEED = 2**32 - 1


def fresh_seed() -> int:
    """Return a seed that nobody could have prepared for."""
    return int.from_bytes(os.urandom(4), "big")
