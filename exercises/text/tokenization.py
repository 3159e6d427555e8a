"""Tokenization: text becomes numbers, by merging pairs of bytes that often meet.

A model reads numbers, so text is cut into tokens, and each token has an id. The smallest tokens
are bytes: in UTF-8 every text is a row of bytes, 0 to 255. "a" is 97, and "é" is two, 195 and 169.
Bytes alone make long rows. Byte pair encoding (BPE) gives what is often there an id of its own:
count all pairs of neighbours, write a new id for the most frequent one, and count again. The first
new id is 256, then comes 257, and so on.

    banana bandana                                          14 bytes
    b an an a _ b an d an a     256: a n, four times        10 tokens
    ban an a _ ban d an a       257: 256 with b before it, twice
    ban ana _ ban d ana         258: 256 with a behind it, twice

    merges = [(97, 110), (98, 256), (256, 97)]
    id of merge k  =  256 + k

After the first merge, "b an" and "an a" are there twice each. Of equals the smallest pair wins, as
Python compares tuples: (98, 256) < (256, 97). Pairs are counted at every place, so aaa has (a, a)
twice; and merged from the left, so aaa becomes aa a.

Another text is encoded by the same merges, in the order in which they were learned. To decode, each
id becomes its bytes again, and all the bytes together become text: a token may hold half of an "é".
Bytes that are no UTF-8 become a question mark in a diamond, which is what errors="replace" does.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade tokenization        (stuck? grader hint tokenization)
# in the folder of the course.
#
# Leave arguments as they came (no `x.sort()`), unless a docstring says otherwise.


def train_merges(text, num_merges):
    """Find out which pairs to merge: always the most frequent one.

    Parameters
    ----------
    text : str
        What to learn from: all of it is one row of bytes, spaces too. It may be empty.
    num_merges : int
        How many merges to make, 0 or more. There are fewer if a single token is left before.

    Returns
    -------
    merges : list of (int, int)
        In the order in which they were made. Merge k makes the id 256 + k. Ties go to the smallest
        pair; a pair that is there once is merged too.

    Notes
    -----
    Source: Sennrich et al. 2016, section 3.2, here on bytes, as in Radford et al. 2019.
    """
    raise NotImplementedError


def encode(text, merges):
    """Turn text into ids.

    Parameters
    ----------
    text : str
        Any text that UTF-8 can encode, perhaps another than the merges were learned from.
    merges : list of (int, int)
        As `train_merges` returns them.

    Returns
    -------
    ids : list of int
        The bytes of the text, after all merges in their order; [] for an empty text.
    """
    raise NotImplementedError


def decode(ids, merges):
    """Turn ids back into text.

    Parameters
    ----------
    ids : list of int
        Each from 0 to 255 + len(merges), in any order.
    merges : list of (int, int)
        Those that the ids were made with.

    Returns
    -------
    text : str
        decode(encode(text, merges), merges) is the text. What is no UTF-8 is replaced, as by
        errors="replace".
    """
    raise NotImplementedError
