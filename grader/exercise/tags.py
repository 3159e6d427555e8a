"""What a case may say that it tries, and what lies along an axis, each with its words.

Which tags the failing cases share says where the trouble is, if nothing else explains it.
"""

from __future__ import annotations

from typing import NamedTuple


class Tag(NamedTuple):
    """How sentences about a tag end. An empty one is never said."""

    right: str = ""  # Your `f` is right ...: the cases that have the tag fail, and no others
    fails: str = ""  # Your `f` fails only ...: all that fail have it, most that have it fail


# The most telling first.
TAGS = {
    "mask": Tag("without a mask and wrong with one"),
    "empty_row": Tag("unless a row may attend to nothing", "where a row may attend to nothing"),
    "one_row": Tag("unless one row of a mask serves all queries"),
    "broadcast": Tag("unless the mask has to be broadcast", "where the mask has to be broadcast"),
    "batch": Tag("for one sequence and wrong with batch axes in front: count axes from the end"),
    "oblong": Tag("where the lengths are equal and wrong where they differ: which one is which?"),
    "large": Tag(
        "for small numbers and wrong for large ones: does something overflow on the way?",
        "where numbers are very large or very low",
    ),
    "float32": Tag("in float64 and wrong in float32: something loses, or needs, precision"),
    "rounding": Tag(
        "unless numbers differ by little more than float32 can hold",
        "where numbers differ by little more than float32 can hold",
    ),
    "small": Tag("unless the numbers are small", "where numbers are small"),
    "infinite": Tag(
        "unless some entries are minus infinity", "where some entries are minus infinity"
    ),
    "long": Tag("for short sequences and wrong for long ones", "for long sequences"),
    "negative_axis": Tag("unless the axis is counted from the end"),
    "option": Tag("with the defaults and wrong with other options: is every argument used?"),
    "edge": Tag("but for the smallest inputs: none or one of something"),
    "refusal": Tag(),  # an exception is the right answer
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
