"""An argument that is what another function of the exercise returns, for a case to ask for."""

from __future__ import annotations


class ResultOf(dict[str, object]):
    """A call that has to be made first, spelled as a dict that can cross the border.

    On our side only what is of this class is a call: nothing that comes back over the border ever
    is, whatever a learner's code writes into a dict.
    """
