"""What a case may say that it tries; which tags fail together says where the trouble is."""

from __future__ import annotations

TAGS = frozenset(
    {
        "batch",  # leading batch axes
        "mask",  # a mask that hides something
        "broadcast",  # a mask that broadcasts
        "empty_row",  # a query that may attend to nothing
        "one_row",  # a mask with one row for all queries
        "large",  # large magnitudes
        "small",  # small magnitudes, in the inputs or in the results
        "rounding",  # differences near what the dtype can hold
        "infinite",  # entries of minus infinity
        "long",  # many positions
        "negative_axis",  # an axis counted from the end
        "float32",
        "oblong",  # lengths or widths that differ from each other
        "option",  # an optional argument other than its default
        "edge",  # the smallest sizes there are: no entry, one entry, no block
        "refusal",  # an exception is the right answer
    }
)
