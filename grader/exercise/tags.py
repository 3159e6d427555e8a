"""What a case may say that it tries, and what lies along an axis, each with its words.

Which tags the failing cases share says where the trouble is, if nothing else explains it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple


class Tag(NamedTuple):
    """How sentences about a tag end. An empty one is never said."""

    right: str = ""  # Your `f` is right ...: the cases that have the tag fail, and no others
    fails: str = ""  # Your `f` fails only ...: all that fail have it, most that have it fail
    tries: str = ""  # A hidden check tries ...


# The most telling first.
TAGS = {
    "mask": Tag("without a mask and wrong with one", tries="a mask"),
    "empty_row": Tag(
        "unless a row may attend to nothing",
        "where a row may attend to nothing",
        tries="a row that may attend to nothing",
    ),
    "one_row": Tag(
        "unless one row of a mask serves all queries", tries="one row of a mask for all queries"
    ),
    "broadcast": Tag(
        "unless the mask has to be broadcast",
        "where the mask has to be broadcast",
        tries="a mask that has to be broadcast",
    ),
    "batch": Tag(
        "for one sequence and wrong with batch axes in front: count axes from the end",
        tries="batch axes",
    ),
    "oblong": Tag(
        "where the lengths are equal and wrong where they differ: which one is which?",
        tries="lengths that differ",
    ),
    "large": Tag(
        "for small numbers and wrong for large ones: does something overflow on the way?",
        "where numbers are very large or very low",
        tries="very large numbers",
    ),
    "float32": Tag(
        "in float64 and wrong in float32: something loses, or needs, precision", tries="float32"
    ),
    "rounding": Tag(
        "unless numbers differ by little more than float32 can hold",
        "where numbers differ by little more than float32 can hold",
        tries="numbers that differ by very little",
    ),
    "small": Tag("unless the numbers are small", "where numbers are small", tries="small numbers"),
    "infinite": Tag(
        "unless some entries are minus infinity",
        "where some entries are minus infinity",
        tries="entries of minus infinity",
    ),
    "long": Tag(
        "with few entries and wrong with many", "where there are many entries", tries="many entries"
    ),
    "negative_axis": Tag(
        "unless the axis is counted from the end", tries="an axis counted from the end"
    ),
    "option": Tag(
        "with the defaults and wrong with other options: is every argument used?",
        tries="options other than the defaults",
    ),
    "edge": Tag(
        "but for the smallest inputs: none or one of something", tries="the smallest inputs"
    ),
    "refusal": Tag(tries="something to refuse"),  # an exception is the right answer
}
# What lies along an axis, by its letter in the shape that a docstring gives.
AXES = {
    "n": "positions",
    "n_query": "queries",
    "n_target": "positions",
    "n_key": "keys",
    "d": "features",
    "d_v": "features",
    "d_head": "features",
    "d_model": "features",
    "h": "heads",
    "V": "words of the vocabulary",
}


def tried(tags: Collection[str]) -> str:
    """Return in words what a case with these tags tries, the most telling first."""
    own = sorted(tag.replace("_", " ") for tag in tags if tag not in TAGS)
    return ", ".join([tag.tries for name, tag in TAGS.items() if name in tags] + own)
