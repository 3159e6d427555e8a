"""BERT: an encoder that learns from text by filling gaps.

A model that sees both sides of every token cannot be asked for the next one: it would read it
off. So some tokens are hidden, and it is asked for those. But in use there are no gaps; so a few of
those that it is asked for stay to be seen. Each token has two draws from [0, 1):

    first  < 0.15   it is selected: its own id becomes a target     else the target is -100
    second < 0.8    of the selected: the mask token stands in its place
           < 0.9                     a replacement, any token of the vocabulary
           else                      the token itself

    ids          [  7,  3,  9,  4,  5]         mask_id 1, replacements [2, 6, 6, 6, 8]
    first draws  [.01, .10, .50, .14, .02]     special: only the first, a start token
    second draws [.30, .95, .10, .20, .85]
    inputs       [  7,  3,  9,  1,  8]         targets [-100, 3, -100, 4, 5]

Special tokens (start, end, padding) are never selected. -100 is what a loss ignores. Whether a
token is selected does not depend on what becomes of it: 3 stays as it is, and is asked about.

What BERT reads is the sum of three learned vectors: which token, at which place, in which of two
texts (segment 0 or 1; it was also asked whether the second text follows the first). A layer norm
follows. One row of position_embedding belongs to each place, from 0 on, through both texts.

    token [2, 0] + position [1, 0] + segment [1, 2] = [4, 2]    ->  [1, -1], eps aside
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade bert        (stuck? grader hint bert)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    """Hide some tokens of a text, and say which are to be found.

    Parameters
    ----------
    ids : int (..., n)
        Texts.
    draws : (..., n, 2)
        Two numbers from [0, 1) for each token: whether it is selected, and what becomes of it then.
    replacements : int (..., n)
        The token that takes the place of each, should it be replaced.
    mask_id : int
        The id of the mask token.
    special : bool (..., n)
        True where a token is special, and must not be selected.

    Returns
    -------
    inputs : int (..., n)
        What the model reads.
    targets : int (..., n)
        The id that was there, at each selected token; -100 at all others.

    Notes
    -----
    Source: Devlin et al. 2018, section 3.1 and appendix A.1.
    """
    raise NotImplementedError


def bert_embed(ids, segments, params, eps=1e-5):
    """Make the vectors that BERT's first block reads.

    Parameters
    ----------
    ids : int (..., n)
        Texts.
    segments : int (..., n)
        0 or 1 for each token: whether it belongs to the first text or to the second.
    params : dict
        `token_embedding` (V, d), `position_embedding` (max_n, d) with max_n at least n,
        `segment_embedding` (2, d), and `norm`: a dict with `gain` (d,) and `bias` (d,).
    eps : float
        The eps of the norm.

    Returns
    -------
    x : (..., n, d)
        The three vectors of each token, added and normalised.

    Notes
    -----
    Source: Devlin et al. 2018, section 3 and figure 2, without dropout.
    """
    raise NotImplementedError
