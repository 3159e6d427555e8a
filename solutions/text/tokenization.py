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

from collections import Counter
from itertools import pairwise

from grader.exercise import Exercise, inputs, view

exercise = Exercise(
    formulas={"id of merge k": r"\text{id of merge } k = 256 + k"},
    tags={
        "letters_of_several_bytes": "for plain letters and wrong for letters of several bytes",
        "equal_counts": "unless two pairs are equally frequent",
        "runs_of_a_letter": "unless a letter stands beside itself",
        "several_merges": "for one merge and wrong for several",
        "split_letters": "unless a letter is split between tokens",
        "invalid_bytes": "for what is text and wrong for bytes that are none",
        "nothing": "unless there is nothing at all",
        "rare_pairs": "where pairs are frequent and wrong where each is there once",
    },
    hints=[
        'train_merges: text.encode("utf-8") is bytes, and list makes ids of them.'
        " itertools.pairwise goes through all pairs of neighbours.",
        "train_merges: a helper function `merge(ids, pair, new)` is worth writing first. Two of the"
        " three functions need it. Behind a pair it goes on by two, else by one, and to the very"
        " last token.",
        "train_merges: collections.Counter counts. The pair that you look for is the minimum by two"
        " things: how often it is there, most first, and then the pair itself.",
        "encode: start from the bytes, and make merge 0 everywhere, then merge 1. enumerate tells"
        " you which new id each of them makes.",
        "decode: make a table of what each id stands for: 256 single bytes, then for each merge the"
        ' bytes of its left part before those of its right part. b"".join puts bytes together.',
    ],
)


@exercise.reference
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
    ids, merges = list(text.encode("utf-8")), []
    while len(merges) < num_merges and len(ids) > 1:
        counts = Counter(pairwise(ids))
        pair = min(counts, key=lambda pair: (-counts[pair], pair))
        ids = merge(ids, pair, 256 + len(merges))
        merges.append(pair)
    return merges


exercise.equivalent(
    'list(text.encode("utf-8"))', 'text.encode("utf-8")', "A row of bytes is a row of numbers."
)
exercise.equivalent('"utf-8"', None, "UTF-8 is what text is made of and made into by itself.")


def merge(ids, pair, new):
    """Write `new` for every `pair`, from the left."""
    left, right = pair
    merged = []
    for each in ids:
        if merged and merged[-1] == left and each == right:
            merged[-1] = new
        else:
            merged.append(each)
    return merged


def letters(rng, count):
    """Draw different letters, in the order of the alphabet."""
    return sorted(map(str, rng.choice(list("abcdefghijklmnopqrstuvwxyz"), count, replace=False)))


def pair_of(left, right):
    """Return the pair of the ids of two letters."""
    return ord(left), ord(right)


def words(rng, count):
    """Draw a text of so many words, of few letters, so that pairs are there often."""
    some = letters(rng, 5)
    lengths = rng.integers(1, 5, size=count)
    return " ".join("".join(map(str, rng.choice(some, n))) for n in lengths)


@exercise.case(points=2)
def the_most_frequent_pair(rng):
    a, b, c, d = letters(rng, 4)
    return inputs(f"{c}{d}{a}{d}{a}{c}{d}{a}", 1)


@exercise.case(tags=("several_merges",))
def counts_anew_after_a_merge(rng):
    a, b, c, d = letters(rng, 4)
    return inputs(f"{a}{b}{a}{b}{c}{a}{b}{a}{b}{d}{a}{b}{a}{b}", 2)


@exercise.case(tags=("equal_counts",))
def of_equals_the_smallest_which_comes_last(rng):
    a, b, c, d = letters(rng, 4)
    return inputs(f"{c}{d}{c}{d}{a}{b}{a}{b}", 1)


@exercise.case(tags=("equal_counts",))
def of_equals_the_smallest_which_comes_first(rng):
    a, b, c, d = letters(rng, 4)
    return inputs(f"{a}{b}{a}{b}{c}{d}{c}{d}", 1)


@exercise.case(tags=("rare_pairs", "equal_counts"))
def pairs_that_are_there_once(rng):
    a, b, c = letters(rng, 3)
    return inputs(f"{a}{b}{c}", 2)


@exercise.case(tags=("edge", "rare_pairs"))
def stops_when_one_token_is_left(rng):
    a, b = letters(rng, 2)
    return inputs(f"{b}{a}", 5)


@exercise.case(tags=("edge",))
def fewer_than_two_bytes(rng):
    return inputs(*letters(rng, 1), 3)


@exercise.case(tags=("edge", "nothing"))
def no_text_at_all(rng):
    return inputs("", 3)


@exercise.case(tags=("runs_of_a_letter",))
def a_run_is_counted_at_every_place(rng):
    a, b, c = letters(rng, 3)
    return inputs(f"{c}{c}{c}{c}{a}{b}{a}{b}", 1)


@exercise.case(tags=("runs_of_a_letter", "several_merges"))
def a_run_is_merged_from_the_left(rng):
    a, b = letters(rng, 2)
    return inputs(f"{b}{b}{b}{a}{b}{b}{b}{a}{b}{b}{b}", 2)


@exercise.case
def a_space_is_a_byte_too(rng):
    a, b = letters(rng, 2)
    return inputs(f"{a} {a} {a} {b}", 1)


@exercise.case(tags=("letters_of_several_bytes",))
def letters_of_two_bytes(rng):
    return inputs(3 * str(rng.choice(list("äéñöü"))), 1)


@exercise.case(hidden=True, tags=("several_merges", "equal_counts", "runs_of_a_letter", "long"))
def twenty_merges(rng):
    return inputs(words(rng, 60), 20)


@exercise.edit("min(counts, key=lambda pair: (-counts[pair], pair))", "max(counts, key=counts.get)")
def takes_the_first_of_equals():
    """Of pairs that are equally frequent you take the one that comes first in the text.

    So max does with a key that is the count alone. The smallest pair is wanted, wherever it stands:
    let the pair itself decide where the counts are equal.
    """


@exercise.edit(
    "min(counts, key=lambda pair: (-counts[pair], pair))",
    "max(counts, key=lambda pair: (counts[pair], pair))",
)
def takes_the_largest_of_equals():
    """Of pairs that are equally frequent you take the largest.

    max looks for the largest count and then for the largest pair. Which of the two should be small?
    """


@exercise.mistake
def counts_once_and_for_all(text, num_merges):
    """You count the pairs of the bytes once, and take the most frequent ones of those.

    After a merge there are other neighbours: the new token has pairs of its own, and some old pairs
    are gone. Merge, then count again.
    """
    ids = list(text.encode("utf-8"))
    counts = Counter(pairwise(ids))
    return sorted(counts, key=lambda pair: (-counts[pair], pair))[:num_merges]


@exercise.edit('list(text.encode("utf-8"))', "list(map(ord, text))")
def learns_from_characters():
    """You begin with characters and not with bytes.

    For plain letters the two are the same. An "é" is two bytes, 195 and 169, while ord gives 233,
    and for many characters a number far above 255, where the new ids are.
    """


@exercise.edit("256 + len(merges)", "257 + len(merges)")
def numbers_new_tokens_from_257():
    """You give the first new token an id that is not 256.

    Bytes take 0 to 255. Merge k, counted from 0, makes the id 256 + k.
    """


@exercise.edit(
    "        ids = merge",
    "        if counts[pair] < 2:\n            break\n        ids = merge",
)
def stops_at_pairs_that_are_there_once():
    """You stop as soon as no pair is there twice.

    Many programs do. Here a pair that is there once is merged too, until enough merges are made or
    a single token is left.
    """


@exercise.edit(" and len(ids) > 1", "")
def goes_on_without_pairs():
    """You look for a pair where none is left.

    A single token has no neighbour, and neither has an empty text. There the merging ends, however
    many merges were asked for.
    """


@exercise.edit("pairwise(ids)", "not_overlapping(ids)")
def skips_pairs_that_overlap():
    """You do not count a pair that overlaps the one before it.

    In aaaa the pair (a, a) stands at three places, and all of them count. That only two can be
    merged does not matter here.
    """


def not_overlapping(ids):
    """Yield pairs of neighbours, without those that share a token with an equal one before them."""
    last, begin = None, -2
    for i, pair in enumerate(pairwise(ids)):
        if pair != last or i > begin + 1:
            last, begin = pair, i
            yield pair


@exercise.edit("merge(ids, pair", "merge_overlapping(ids, pair")
def merges_tokens_twice():
    """You write the new token for every place of the pair, also where two of them overlap.

    In aaa the middle a can go into one token only: aa a. After a merge, go on behind both parts.
    """


def merge_overlapping(ids, pair, new):
    """Write `new` for every place of a pair; each takes one token along."""
    merged, taken = [], False
    for i, each in enumerate(ids):
        if tuple(ids[i : i + 2]) == tuple(pair):
            merged.append(new)
            taken = True
        else:
            merged += [] if taken else [each]
            taken = False
    return merged


@exercise.edit("merge(ids, pair", "merge_from_the_right(ids, pair")
def merges_from_the_right():
    """You merge from the right: aaa becomes a aa.

    Read the tokens as people read: the first two make a pair, and what is left over stands last.
    """


def merge_from_the_right(ids, pair, new):
    """Write `new` for every pair, beginning at the end."""
    left, right = pair
    return merge(ids[::-1], (right, left), new)[::-1]


@exercise.edit("merge(ids, pair", "merge_and_lose_the_last(ids, pair")
def loses_the_last_token_of_the_text():
    """You lose the last token of the row each time.

    A loop that ends at the last place at which a pair may begin leaves the token that stands there
    alone, where it is part of no pair. It stays in the row.
    """


def merge_and_lose_the_last(ids, pair, new):
    """Write `new` for every pair, and forget a last token that is part of none."""
    merged, i = [], 0
    while i < len(ids) - 1:
        is_pair = (ids[i], ids[i + 1]) == tuple(pair)
        merged.append(new if is_pair else ids[i])
        i += 1 + is_pair
    return merged


@exercise.edit("merge(ids, pair", "merge_and_keep_the_second(ids, pair")
def keeps_the_second_of_the_pair():
    """You write the new token, and the second one of its pair behind it once more.

    Both went into the new token. Go on behind the two of them.
    """


def merge_and_keep_the_second(ids, pair, new):
    """Write `new` for the first token of every pair only."""
    pairs = [*pairwise(ids), None]
    return [
        new if this == tuple(pair) else each for each, this in zip(ids, pairs, strict=bool(ids))
    ]


@exercise.edit("merge(ids, pair", "merge_while_it_shrinks(ids, pair")
def shortens_the_row_under_the_loop():
    """You shorten the list while `range` goes on to the length that it had before.

    After a merge there are fewer tokens than the loop expects. Put the tokens into a new list, or
    let a `while` ask for the length each time.
    """


def merge_while_it_shrinks(ids, pair, new):
    """Write `new` for every pair, in the same list, by places that may be gone."""
    ids = list(ids)
    for i in range(len(ids) - 1):
        if (ids[i], ids[i + 1]) == tuple(pair):
            ids[i : i + 2] = [new]
    return ids


@exercise.edit("        ids = merge(ids, pair, 256 + len(merges))\n", "")
def forgets_to_merge():
    """You never write the new token into the row, so the same pair is the most frequent again.

    After each merge the row has other neighbours, and those are counted.
    """


@exercise.edit("-counts[pair], pair", "counts[pair], pair")
def takes_the_rarest():
    """You merge the pair that is there least often. The most frequent one is wanted."""


@exercise.edit("return merges", "return {pair: 256 + k for k, pair in enumerate(merges)}")
def returns_a_dict():
    """You return a dict of pairs and their ids, and a list of the pairs is wanted.

    Merge k makes the id 256 + k, so that the place in the list says it already.
    """


@exercise.mistake
def keeps_words_apart(text, num_merges):
    """You split the text at its spaces first, so no pair has a space in it.

    Many tokenizers keep words apart. Here the whole text is one row of bytes, and a space is the
    byte 32 like any other.
    """
    rows, merges = [list(word.encode("utf-8")) for word in text.split()], []
    while len(merges) < num_merges:
        counts = Counter(pair for row in rows for pair in pairwise(row))
        if not counts:
            break
        pair = min(counts, key=lambda pair: (-counts[pair], pair))
        rows = [merge(row, pair, 256 + len(merges)) for row in rows]
        merges.append(pair)
    return merges


@exercise.mistake
def takes_the_number_for_a_vocabulary(text, num_merges):
    """You take `num_merges` for the size of the vocabulary, and subtract the 256 bytes.

    It is the number of merges itself: 1 asks for one merge.
    """
    return train_merges(text, num_merges - 256)


@exercise.mistake
def returns_bytes_for_ids(text, num_merges):
    """You return what the tokens stand for, and not their ids.

    A merge is a pair of two ids, numbers. What they stand for can be worked out from the list.
    """
    known = [bytes([each]) for each in range(256)]
    merges = train_merges(text, num_merges)
    for left, right in merges:
        known.append(known[left] + known[right])
    return [(known[left], known[right]) for left, right in merges]


@exercise.reference
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
    ids = list(text.encode("utf-8"))
    for k, pair in enumerate(merges):
        ids = merge(ids, pair, 256 + k)
    return ids


exercise.equivalent('"utf-8"', None, "UTF-8 is what text is made of and made into by itself.")


@exercise.picture
def merges_as_they_happen():
    """A sentence after so many merges, which were learned from the sentence itself.

    Each piece between two strokes is a token. First what is frequent grows together; in the end
    whole words are tokens, and then more than words.
    """
    sentence = "she sells sea shells by the sea shore"
    merges = train_merges(sentence, 24)
    signs = [decode([each], merges).replace(" ", "_") for each in range(256 + len(merges))]
    return [
        view(f"merges made: {count}", inputs(sentence, merges[:count]), words=signs)
        for count in (0, 1, 2, 4, 8, 16, 24)
    ]


@exercise.case
def without_merges_ids_are_bytes(rng):
    return inputs("".join(letters(rng, 3)), [])


@exercise.case(points=2)
def one_merge_at_every_place(rng):
    a, b, c = letters(rng, 3)
    return inputs(f"{a}{b}{c}{a}{b}{b}", [pair_of(a, b)])


@exercise.case(tags=("several_merges",))
def a_merge_that_is_not_in_the_text(rng):
    a, b, c, d = letters(rng, 4)
    return inputs(f"{a}{b}{c}{a}{b}", [pair_of(c, d), pair_of(a, b)])


@exercise.case(tags=("several_merges",))
def a_merge_of_a_merge(rng):
    a, b, c = letters(rng, 3)
    return inputs(f"{a}{b}{c}{a}{b}", [pair_of(a, b), (256, ord(c))])


@exercise.case(tags=("several_merges",))
def what_was_learned_first_comes_first(rng):
    a, b, c = letters(rng, 3)
    return inputs(f"{a}{b}{c}{a}{b}", [pair_of(b, c), pair_of(a, b)])


@exercise.case(tags=("several_merges",))
def a_long_token_beside_a_short_one(rng):
    a, b, c = letters(rng, 3)
    return inputs(f"{a}{b}{c}{a}{b}", [pair_of(b, c), (ord(a), 256), pair_of(a, b)])


@exercise.case(tags=("runs_of_a_letter",))
def a_run_of_three(rng):
    a, b = letters(rng, 2)
    return inputs(f"{a}{a}{a}{b}", [pair_of(a, a)])


@exercise.case(tags=("letters_of_several_bytes",))
def a_letter_of_two_bytes_is_merged(rng):
    letter = str(rng.choice(list("äéñöü")))
    return inputs(f"{letter}a{letter}", [tuple(letter.encode("utf-8"))])


@exercise.case(tags=("edge",))
def an_empty_text_has_no_ids(rng):
    return inputs("", [pair_of(*letters(rng, 2))])


@exercise.case(hidden=True, tags=("several_merges", "runs_of_a_letter", "long"))
def a_text_that_nobody_learned_from(rng):
    text = words(rng, 80)
    return inputs(text[: len(text) // 3], train_merges(text[len(text) // 3 :], 20))


@exercise.edit("ids = merge(ids, pair, 256 + k)", "ids = merge_first(ids, pair, 256 + k)")
def merges_one_place_only():
    """You make each merge once, at the first place where its pair stands.

    A pair may be there many times. Go on behind it until the row is at its end.
    """


def merge_first(ids, pair, new):
    """Write `new` for the first of the pairs."""
    places = [i for i in range(len(ids) - 1) if tuple(ids[i : i + 2]) == tuple(pair)]
    return ids[: places[0]] + [new] + ids[places[0] + 2 :] if places else ids


@exercise.edit("enumerate(merges)", "reversed(list(enumerate(merges)))")
def merges_in_reverse():
    """You make the last merge first.

    A later merge may need the token of an earlier one, which is not there yet. Go through the
    merges in the order in which they were learned.
    """


@exercise.edit("        ids = merge(ids, pair, 256 + k)\n", "        pass\n")
def merges_nothing():
    """You merge nothing: the bytes come back as they were.

    If you compare a piece of the list with the pair: a list is never equal to a tuple, and
    `[97, 98] == (97, 98)` is False.
    """


@exercise.edit("merge(ids, pair", 'merge(list(text.encode("utf-8")), pair')
def begins_each_merge_with_the_bytes():
    """You make each merge in the bytes of the text, so that only the last one is left.

    Merge 1 goes on with what merge 0 has made.
    """


@exercise.edit("ids = merge(ids", "ids = merge_and_lose_the_last(ids")
def loses_the_last_token():
    """You lose the last token of the row at each merge.

    A loop that ends at the last place at which a pair may begin leaves the token that stands there
    alone, where it is part of no pair. It stays in the row.
    """


@exercise.edit("ids = merge(ids", "ids = merge_and_keep_the_second(ids")
def writes_the_second_once_more():
    """You write the new token, and the second one of its pair behind it once more.

    Both went into the new token. Go on behind the two of them.
    """


@exercise.edit("ids = merge(ids", "ids = merge_while_it_shrinks(ids")
def shortens_what_it_goes_through():
    """You shorten the list while `range` goes on to the length that it had before.

    After a merge there are fewer tokens than the loop expects. Put the tokens into a new list, or
    let a `while` ask for the length each time.
    """


@exercise.mistake
def counts_merges_that_happen(text, merges):
    """You give the next new id only where a pair was in the text.

    Merge k makes the id 256 + k in every text, also in one that lacks the pairs of earlier merges.
    """
    ids, new = list(text.encode("utf-8")), 256
    for pair in merges:
        before, ids = ids, merge(ids, pair, new)
        new += ids != before
    return ids


@exercise.mistake
def merges_whatever_it_meets(text, merges):
    """You go through the text and merge whatever pair is known, the leftmost first.

    Two known pairs may share a token, as b does in abc. Then the pair that was learned first gets
    it, wherever it stands.
    """
    known = {tuple(pair): 256 + k for k, pair in enumerate(merges)}
    ids = list(text.encode("utf-8"))
    while pair := next((p for p in pairwise(ids) if p in known), None):
        ids = merge_first(ids, pair, known[pair])
    return ids


@exercise.mistake
def takes_the_longest_token(text, merges):
    """At each place you take the longest token that fits.

    That is another way to cut a text. Here the merges decide: the one that was learned first takes
    its two tokens, even if a longer one could begin before it.
    """
    known = [bytes([each]) for each in range(256)]
    for left, right in merges:
        known.append(known[left] + known[right])
    ids, rest = [], text.encode("utf-8")
    while rest:
        fitting = [k for k, each in enumerate(known) if rest.startswith(each)]
        ids.append(max(fitting, key=lambda k: len(known[k])))
        rest = rest[len(known[ids[-1]]) :]
    return ids


@exercise.edit("enumerate(merges)", "enumerate(train_merges(text, len(merges)))")
def learns_from_the_text_to_encode():
    """You learn new merges from the text that is to be encoded, and pay no heed to those given.

    An id has to mean the same in every text. Only the merges that were learned before may be made.
    """


@exercise.edit('list(text.encode("utf-8"))', "list(map(ord, text))")
def encodes_characters():
    """You begin with characters and not with bytes.

    For plain letters the two are the same. An "é" is two bytes, 195 and 169, while ord gives 233.
    """


@exercise.edit("256 + k", "257 + k")
def is_one_id_too_high():
    """Your new ids are one too high.

    Merges are counted from 0, and merge k makes the id 256 + k: bytes end at 255.
    """


@exercise.edit("256 + k", "k")
def forgets_the_bytes():
    """You number the new tokens from 0, where the bytes are.

    Ids 0 to 255 are bytes already. Merge 0 makes 256.
    """


@exercise.edit("ids = merge(", "ids = merge_overlapping(")
def takes_a_token_twice():
    """You write the new token for every place of the pair, also where two of them overlap.

    In aaa the middle a can go into one token only: aa a. After a merge, go on behind both parts.
    """


@exercise.edit("ids = merge(", "ids = merge_from_the_right(")
def begins_at_the_right():
    """You merge from the right: aaa becomes a aa. From the left it is aa a."""


@exercise.edit(
    "        ids = merge",
    "        if pair not in list(pairwise(ids)):\n            break\n        ids = merge",
)
def gives_up_too_soon():
    """You stop at the first merge whose pair is not in the text.

    This text need not have every pair, and later merges may still fit. Go on to the next one.
    """


@exercise.reference
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
    known = [bytes([each]) for each in range(256)]
    for left, right in merges:
        known.append(known[left] + known[right])
    return b"".join(known[each] for each in ids).decode("utf-8", errors="replace")


exercise.equivalent('"utf-8", ', None, "UTF-8 is what bytes are read as by themselves.")


@exercise.case
def bytes_become_letters(rng):
    return inputs(list(map(ord, letters(rng, 3))), [])


@exercise.case(points=2)
def a_merged_token_becomes_two_letters(rng):
    a, b, c = letters(rng, 3)
    return inputs([ord(c), 256, ord(a)], [pair_of(a, b)])


@exercise.case(tags=("several_merges",))
def the_second_of_two_merges(rng):
    a, b, c, d = letters(rng, 4)
    return inputs([257, 256], [pair_of(a, b), pair_of(d, c)])


@exercise.case(tags=("several_merges",))
def a_token_made_of_tokens(rng):
    a, b, c = letters(rng, 3)
    return inputs([258], [pair_of(b, a), (256, ord(c)), (257, 256)])


@exercise.case(tags=("letters_of_several_bytes",))
def a_letter_of_two_bytes_in_one_token(rng):
    letter = str(rng.choice(list("äéñöü")))
    return inputs([ord("a"), 256], [tuple(letter.encode("utf-8"))])


@exercise.case(tags=("letters_of_several_bytes", "split_letters"))
def a_letter_split_between_tokens(rng):
    first, second = str(rng.choice(list("äéñöü"))).encode("utf-8")
    return inputs([256, second], [(ord("a"), first)])


@exercise.case(tags=("letters_of_several_bytes", "split_letters", "several_merges"))
def four_bytes_in_two_tokens(rng):
    one, two, three, four = "\N{GRINNING FACE}".encode()
    return inputs([ord(*letters(rng, 1)), one, 257], [(two, three), (256, four)])


@exercise.case(tags=("invalid_bytes",))
def bytes_that_are_no_text(rng):
    a, b = letters(rng, 2)
    return inputs([ord(a), int(rng.integers(248, 256)), ord(b)], [])


@exercise.case(tags=("letters_of_several_bytes", "invalid_bytes"))
def half_a_letter_at_the_end(rng):
    a, b = letters(rng, 2)
    return inputs([256, 195], [pair_of(a, b)])


@exercise.case(tags=("edge",))
def no_ids_are_no_text(rng):
    return inputs([], [])


@exercise.case(hidden=True, tags=("several_merges", "long"))
def a_text_there_and_back(rng):
    text = words(rng, 60)
    merges = train_merges(text, 20)
    return inputs(encode(text, merges), merges)


@exercise.mistake
def decodes_each_token_alone(ids, merges):
    """You turn each token into text by itself.

    A token may hold one half of a letter, and the next token the other. Neither is text alone: put
    all bytes together first.
    """
    return "".join(decode([each], merges) for each in ids)


@exercise.edit(', errors="replace"', "")
def refuses_what_is_no_text():
    """You let bytes that are no UTF-8 raise an error.

    A model may produce any row of ids. What cannot be read is to be replaced, and decode has a way
    to ask for that.
    """


@exercise.edit('errors="replace"', 'errors="ignore"')
def drops_what_is_no_text():
    """You leave out what is no UTF-8, and nobody can see that something was there.

    It is to be replaced by a sign.
    """


@exercise.edit('"utf-8", errors="replace"', '"latin-1"')
def takes_each_byte_for_a_letter():
    """You make a character of each single byte.

    That is right for plain letters. In UTF-8 an "é" is two bytes, which only together are a letter.
    """


@exercise.edit("known[left] + known[right]", "known[right] + known[left]")
def puts_the_right_part_first():
    """You put the right part of a pair before the left one."""


@exercise.edit('b"".join', 'b" ".join')
def puts_spaces_between_tokens():
    """You put a space between tokens.

    A space is a byte like any other: where the text had one, it is in a token already.
    """


@exercise.edit("known[each]", "known[min(each + (each > 255), len(known) - 1)]")
def looks_one_merge_too_far():
    """You look up the merge after the one that is meant.

    The id 256 was made by merge 0: bytes end at 255.
    """


@exercise.mistake
def takes_tokens_apart_once(ids, merges):
    """You take each token apart once, and its parts may be merged tokens themselves.

    Above 255 nothing is a byte. Go on until all that is left is bytes, or make the bytes of each
    new token from those of its parts.
    """
    apart = [part for each in ids for part in (merges[each - 256] if each > 255 else [each])]
    return bytes(apart).decode("utf-8", errors="replace")


@exercise.edit('.decode("utf-8", errors="replace")', "")
def returns_bytes():
    """You return bytes, and text is wanted.

    bytes have a method that makes text of them.
    """
