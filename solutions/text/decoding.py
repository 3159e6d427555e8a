"""Decoding: from logits to a text, one token after another.

A language model gives a logit to every token that could come next. One of them has to be chosen,
and put at the end of the text; then the model is asked again. Greedy decoding takes the largest
logit. Sampling draws: lay the probabilities end to end from 0 to 1, take a random number in
[0, 1), and see in whose piece it falls.

    logits [0, ln 2, 0]  ->  probabilities [1/4, 2/4, 1/4]  ->  cumulative [0.25, 0.75, 1]

    draw 0.1 -> id 0     draw 0.25 -> id 1     draw 0.7 -> id 1     draw 0.9 -> id 2
    the first id whose cumulative probability exceeds the draw; 0.25 does not exceed 0.25

Two ways to steer it. Logits divided by a temperature before the softmax: below 1 the likely tokens
gain, above 1 the unlikely ones do. And top-k: all but the k largest logits become -inf, which no
draw can hit.

    top_k_filter([3, 1, 2], 2)  ->  [3, -inf, 2]

The smallest language model is a table (V, V): row i holds the logits for what comes after token i.
It looks at the last token only, and is called a bigram model. Generating ends after so many new
tokens, or as soon as the new one is the stop token, which stays at the end of the text.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.softmax import softmax

exercise = Exercise(
    formulas={
        "logits [0, ln 2, 0]": (
            r"\text{logits } [0, \ln 2, 0] \;\to\; [1/4, 2/4, 1/4]"
            r" \;\to\; \text{cumulative } [0.25, 0.75, 1]"
        ),
    },
    tags={
        "edge_of_a_piece": "but for a draw on the edge between two tokens",
        "last_digit": "unless a sum falls short of 1 by its last digit",
        "temperature": "at temperature 1 and wrong at others",
        "equal_logits": "unless two logits are equal",
        "large_k": "unless there are no more than k tokens",
        "sampling": "without draws and wrong with them",
        "stop": "unless the stop token comes",
        "long_prompt": "for a prompt of one token and wrong for longer ones",
    },
    hints=[
        "sample: softmax, then np.cumsum. Where does the cumulative probability first exceed the"
        " draw? np.argmax finds the first True.",
        "sample: a sum of rounded numbers may end at 0.9999999999999999. Which token is it if none"
        " exceeds the draw?",
        "top_k_filter: which number is the k-th largest of a row? np.sort knows, and what is"
        " smaller becomes -np.inf. If k is larger than V, take V.",
        "generate: begin with a list that holds the prompt, a list of your own. What the model says"
        " is table[the last id].",
        "generate: put the new id into the list first, and ask afterwards whether it was the stop.",
    ],
)


@exercise.reference
def greedy(logits):
    """Choose the token with the largest logit.

    Parameters
    ----------
    logits : (V,)
        Any finite numbers, or -inf for tokens that may not come.

    Returns
    -------
    id : int
        The first one, where several are the largest.
    """
    return int(np.argmax(logits))


NUMPY_INTEGER = "An integer of NumPy is as good as one of Python."
exercise.equivalent("int(np.argmax(logits))", "np.argmax(logits)", NUMPY_INTEGER)


@exercise.case
def the_largest_of_four(rng):
    return inputs(rng.permutation([-1.0, 0.5, 2.0, 3.5]))


@exercise.case(tags=("equal_logits",))
def the_first_of_two_equals(rng):
    return inputs(np.array([0.5, 2.0, 2.0, 1.0]) + round(rng.normal(), 1))


@exercise.case
def all_logits_below_zero(rng):
    return inputs(-rng.permutation([0.5, 1.0, 2.0, 4.0]))


@exercise.case(tags=("large",))
def logits_above_one_thousand(rng):
    return inputs(np.array([1000.0, 1003.0, 1001.0]) + rng.normal(size=3).round(1))


@exercise.case(tags=("edge",))
def a_vocabulary_of_one(rng):
    return inputs(rng.normal(size=1).round(1))


@exercise.edit("np.argmax(logits)", "len(logits) - 1 - np.argmax(logits[::-1])")
def takes_the_last_of_equals():
    """Of logits that are equally large you take the last; the first is wanted.

    np.argsort, with the last place of it, does that. np.argmax finds the first.
    """


@exercise.edit("np.argmax(logits)", "np.argmin(logits)")
def takes_the_smallest():
    """You take the smallest logit: the token that is least likely."""


@exercise.edit("int(np.argmax(logits))", "logits.max()")
def returns_the_logit():
    """You return the largest logit, and the id of its token is wanted: where it stands."""


@exercise.edit("np.argmax(logits)", "np.argmax(np.abs(logits))")
def takes_the_largest_magnitude():
    """You take the largest magnitude. A logit far below zero is a token that hardly ever comes."""


@exercise.mistake
def overflows_on_the_way(logits):
    """You exponentiate before you look for the largest.

    exp(1000) is infinite, and so is exp(1003): then the first of them wins. The largest logit has
    the largest probability, so no exp is needed.
    """
    return int(np.argmax(np.exp(logits)))


@exercise.edit("int(np.argmax(logits))", "int(np.argmax(logits)) + 1")
def counts_ids_from_one():
    """You count ids from 1. The first token is 0."""


@exercise.reference
def sample(logits, draw, temperature=1.0):
    """Choose a token by a random number.

    Parameters
    ----------
    logits : (V,)
        Any finite numbers, or -inf for tokens that may not come, of which at least one may.
    draw : float
        A random number in [0, 1).
    temperature : float
        Above 0. What the logits are divided by before the softmax.

    Returns
    -------
    id : int
        The first one whose cumulative probability exceeds the draw. By rounding, the last of them
        may fall short of 1: where none exceeds the draw, the last id whose probability is not 0.
    """
    probabilities = softmax(logits / temperature)
    exceeding = np.flatnonzero(np.cumsum(probabilities) > draw)
    if not exceeding.size:  # by rounding, the sum may end just below 1
        return int(np.flatnonzero(probabilities)[-1])
    return int(exceeding[0])


exercise.equivalent("int(exceeding[0])", "exceeding[0]", NUMPY_INTEGER)
exercise.equivalent(
    "int(np.flatnonzero(probabilities)[-1])", "np.flatnonzero(probabilities)[-1]", NUMPY_INTEGER
)


def draw_for(rng, logits, temperature=1.0):
    """Draw a number that falls well inside the piece of one of the likely tokens."""
    probabilities = softmax(logits / temperature)
    chosen = rng.choice(np.flatnonzero(probabilities > 0.1))
    inside = probabilities[:chosen].sum() + rng.uniform(0.3, 0.7) * probabilities[chosen]
    return float(inside)


@exercise.case(points=2)
def a_draw_in_the_last_piece(rng):
    logits = np.array([1.0, 0.5, 0.0]) + round(rng.normal(), 1)
    return inputs(logits, float(1 - rng.uniform(0.3, 0.7) * softmax(logits)[-1]))


@exercise.case
def a_draw_in_the_piece_in_the_middle(rng):
    logits = np.array([0.0, 1.0, 0.5]) + round(rng.normal(), 1)
    p = softmax(logits)
    return inputs(logits, float(p[0] + rng.uniform(0.3, 0.7) * p[1]))


@exercise.case
def a_token_far_ahead_of_another(rng):
    logits = np.array([0.0, 3.0]) + round(rng.normal(), 1)
    return inputs(logits, float(rng.uniform(0.1, 0.35)))


@exercise.case
def five_tokens(rng):
    logits = rng.normal(size=5).round(1)
    return inputs(logits, draw_for(rng, logits))


@exercise.case(tags=("edge",))
def a_draw_of_zero(rng):
    return inputs(rng.normal(size=3).round(1), 0.0)


@exercise.case(tags=("edge_of_a_piece",))
def a_draw_on_an_edge(rng):
    return inputs(np.full(4, round(rng.normal(), 1)), 0.25 * int(rng.integers(1, 4)))


@exercise.case(tags=("edge", "edge_of_a_piece"))
def a_draw_just_below_an_edge(rng):
    edge = 0.25 * int(rng.integers(1, 4))
    return inputs(np.full(4, round(rng.normal(), 1)), float(np.nextafter(edge, 0.0)))


@exercise.case(tags=("edge_of_a_piece", "infinite"))
def a_first_token_that_may_not_come(rng):
    return inputs(np.array([-np.inf, *rng.normal(size=3).round(1)]), 0.0)


@exercise.case(tags=("infinite",))
def some_tokens_that_may_not_come(rng):
    logits = np.array([-np.inf, 0.3, -np.inf, 0.5, -np.inf]) + round(rng.normal(), 1)
    return inputs(logits, draw_for(rng, logits))


@exercise.case(tags=("option", "temperature"))
def a_low_temperature(rng):
    logits = np.array([0.0, 0.0, 2.0, 3.0]) + round(rng.normal(), 1)
    return inputs(logits, float(rng.uniform(0.24, 0.3)), temperature=0.5)


@exercise.case(tags=("option", "temperature"))
def a_high_temperature(rng):
    logits = np.array([0.0, 0.0, 1.0, 3.0]) + round(rng.normal(), 1)
    return inputs(logits, float(rng.uniform(0.2, 0.24)), temperature=2.0)


@exercise.case(tags=("option",))
def equal_logits_at_a_high_temperature(rng):
    draw = 0.25 * int(rng.integers(1, 3)) + float(rng.uniform(0.05, 0.2))
    return inputs(np.full(4, round(rng.normal(), 1)), draw, temperature=2.0)


@exercise.case(tags=("option", "temperature"))
def three_tokens_at_a_high_temperature(rng):
    logits = np.array([0.0, 1.0, 2.0]) + round(rng.normal(), 1)
    return inputs(logits, float(rng.uniform(0.06, 0.085)), temperature=3.0)


@exercise.case(tags=("large",))
def large_logits(rng):
    logits = np.array([1000.0, 1001.0, 1000.5]) + round(rng.normal(), 1)
    return inputs(logits, float(rng.uniform(0.3, 0.6)))


@exercise.case(tags=("float32",))
def float32_logits(rng):
    logits = rng.normal(size=4).astype(np.float32)
    return inputs(logits, draw_for(rng, logits))


@exercise.case(hidden=True, tags=("option", "long"))
def one_hundred_tokens(rng):
    logits = 3 * rng.normal(size=100)
    return inputs(logits, draw_for(rng, logits, 0.7), temperature=0.7)


@exercise.case(tags=("edge", "last_digit"))
def a_draw_just_below_one(rng):
    return inputs(np.full(10, round(rng.normal(), 1)), float(np.nextafter(1.0, 0.0)))


@exercise.case(tags=("infinite", "last_digit"))
def a_draw_just_below_one_and_a_last_token_that_may_not_come(rng):
    logits = np.array([*np.full(10, round(rng.normal(), 1)), -np.inf])
    return inputs(logits, float(np.nextafter(1.0, 0.0)))


@exercise.edit("> draw", ">= draw")
def stops_on_the_edge():
    """You take the first token whose cumulative probability reaches the draw; it has to exceed it.

    A draw of 0 would else hit a first token whose probability is 0. np.searchsorted does this
    unless it is told side="right".
    """


@exercise.edit("int(np.flatnonzero(probabilities)[-1])", "0")
def finds_no_token_at_the_end():
    """You return the first token where no cumulative probability exceeds the draw.

    In floats, ten times 0.1 is 0.9999999999999999, and a draw may be just that. np.argmax of
    nothing but False is 0. The piece at the end belongs to the last token.
    """


@exercise.edit("int(np.flatnonzero(probabilities)[-1])", "len(logits)")
def runs_off_the_end():
    """You return V where no cumulative probability exceeds the draw, and there is no such id.

    In floats, ten times 0.1 is 0.9999999999999999, and a draw may be just that. The piece at the
    end belongs to the last token.
    """


@exercise.edit("int(np.flatnonzero(probabilities)[-1])", "len(logits) - 1")
def ends_with_a_token_that_may_not_come():
    """You return the last id where no cumulative probability exceeds the draw.

    That may be a token whose probability is 0. The piece at the end belongs to the last one that
    may come.
    """


@exercise.edit("logits / temperature", "logits * temperature")
def multiplies_by_the_temperature():
    """You multiply by the temperature, so a low one makes tokens more alike.

    It is the other way round: cold is sharp, hot is even. Divide by it.
    """


@exercise.mistake
def multiplies_by_the_temperature_and_finds_no_end(logits, draw, temperature=1.0):
    """You multiply by the temperature, so a low one makes tokens more alike. Divide by it.

    And where rounding lets no cumulative probability exceed the draw, np.argmax gives 0: that piece
    belongs to the last token.
    """
    return int(np.argmax(np.cumsum(softmax(logits * temperature)) > draw))


@exercise.edit("logits / temperature", "logits")
def ignores_the_temperature():
    """You never use the temperature."""


@exercise.mistake
def ignores_the_temperature_and_finds_no_end(logits, draw, temperature=1.0):
    """You never use the temperature.

    And where rounding lets no cumulative probability exceed the draw, np.argmax gives 0: that piece
    belongs to the last token.
    """
    return int(np.argmax(np.cumsum(softmax(logits)) > draw))


@exercise.edit("softmax(logits / temperature)", "softmax(logits) / temperature")
def cools_the_probabilities():
    """You divide the probabilities by the temperature, and they no longer sum to 1.

    It belongs to the logits, before the softmax.
    """


@exercise.mistake
def cools_the_probabilities_and_finds_no_end(logits, draw, temperature=1.0):
    """You divide the probabilities by the temperature, and they no longer sum to 1.

    It belongs to the logits, before the softmax. And where no cumulative probability exceeds the
    draw, np.argmax gives 0: that piece belongs to the last token.
    """
    return int(np.argmax(np.cumsum(softmax(logits) / temperature) > draw))


@exercise.edit("softmax(logits / temperature)", "logits / temperature")
def adds_up_logits():
    """You add up the logits, and they are no probabilities.

    A logit may be below 0, and they sum to anything. Softmax makes pieces of them that reach from 0
    to 1.
    """


@exercise.mistake
def adds_up_logits_and_finds_no_end(logits, draw, temperature=1.0):
    """You add up the logits, and they are no probabilities.

    A logit may be below 0, and they sum to anything. Softmax makes pieces of them that reach from 0
    to 1.
    """
    return int(np.argmax(np.cumsum(logits / temperature) > draw))


@exercise.edit("np.cumsum(probabilities)", "probabilities")
def compares_single_probabilities():
    """You compare the draw with each probability by itself.

    The pieces lie end to end: the draw is compared with where they end, which is the cumulative
    probability.
    """


@exercise.mistake
def compares_single_probabilities_and_finds_no_end(logits, draw, temperature=1.0):
    """You compare the draw with each probability by itself.

    The pieces lie end to end: the draw is compared with where they end, which is the cumulative
    probability.
    """
    return int(np.argmax(softmax(logits / temperature) > draw))


@exercise.mistake
def pays_no_heed_to_the_draw(logits, draw, temperature=1.0):
    """You always take the most probable token, whatever the draw.

    That is greedy decoding. Here a token with a probability of 0.2 is to come for a fifth of all
    draws.
    """
    return greedy(logits)


@exercise.mistake
def draws_evenly(logits, draw, temperature=1.0):
    """You give every token a piece of the same length, whatever its logit.

    The piece of a token is as long as its probability.
    """
    return int(draw * len(logits))


@exercise.mistake
def exponentiates_as_it_is_and_finds_no_end(logits, draw, temperature=1.0):
    """You exponentiate the logits as they are.

    exp(1000) is inf, and inf / inf is nan, which exceeds nothing. Your softmax knows how to avoid
    that. And where nothing exceeds the draw, np.argmax gives 0: that piece belongs to the last
    token.
    """
    weights = np.exp(logits / temperature)
    return int(np.argmax(np.cumsum(weights / weights.sum()) > draw))


@exercise.edit("softmax(logits / temperature)", "np.exp(logits / temperature)")
def forgets_to_normalise():
    """You add up exponentials that do not sum to 1.

    The draw is a number below 1. For the pieces to reach from 0 to 1 they have to be probabilities.
    """


@exercise.mistake
def exponentiates_as_it_is(logits, draw, temperature=1.0):
    """You exponentiate the logits as they are.

    exp(1000) is inf, and inf / inf is nan, which exceeds nothing. Your softmax knows how to avoid
    that.
    """
    weights = np.exp(logits / temperature)
    exceeding = np.flatnonzero(np.cumsum(weights / weights.sum()) > draw)
    return int(exceeding[0]) if exceeding.size else len(logits) - 1


@exercise.mistake
def begins_with_the_likeliest(logits, draw, temperature=1.0):
    """You lay the pieces out from the likeliest token to the least likely.

    That samples just as well, and gives another token for a given draw. Here they lie in the order
    of their ids.
    """
    order = np.argsort(-logits, kind="stable")
    return int(order[sample(logits[order], draw, temperature)])


@exercise.mistake
def returns_the_rank(logits, draw, temperature=1.0):
    """You sort the tokens by their logits, and return a place in that order.

    An id is a place in the logits as they came.
    """
    return sample(np.sort(logits)[::-1], draw, temperature)


@exercise.edit("int(exceeding[0])", "max(int(exceeding[0]) - 1, 0)")
def returns_the_token_before():
    """You return the token before the one in whose piece the draw falls."""


@exercise.edit("int(exceeding[0])", "int(exceeding[0]) + 1")
def returns_the_token_after():
    """You return the token after the one in whose piece the draw falls.

    Places count from 0, and so do ids: the place that you find is the id.
    """


@exercise.mistake
def returns_the_token_after_by_searching(logits, draw, temperature=1.0):
    """You return the token after the one in whose piece the draw falls.

    np.searchsorted counts how many pieces end before the draw. The next one is the wanted one, and
    as ids count from 0, that number is its id.
    """
    cumulative = np.cumsum(softmax(logits / temperature))
    return int(np.searchsorted(cumulative, draw, side="right")) + 1


@exercise.mistake
def returns_the_token_after_and_stops_on_the_edge(logits, draw, temperature=1.0):
    """You return the token after the one in whose piece the draw falls.

    np.searchsorted counts how many pieces end before the draw, and as ids count from 0, that number
    is the id. It needs side="right" for a piece that ends exactly there.
    """
    return int(np.searchsorted(np.cumsum(softmax(logits / temperature)), draw)) + 1


@exercise.reference
def top_k_filter(logits, k):
    """Keep the k largest logits of each row, and let no other token come.

    Parameters
    ----------
    logits : (..., V)
        Any finite numbers. No two are equal where it would matter which of them stays.
    k : int
        How many stay, 1 or more. All do if k is V or more.

    Returns
    -------
    filtered : (..., V)
        The k largest as they are, in their places; the rest of each row is -inf.

    Notes
    -----
    Source: Fan et al. 2018, on top-k sampling.
    """
    kept = min(k, logits.shape[-1])
    smallest = np.sort(logits, axis=-1)[..., -kept, None]
    return np.where(logits >= smallest, logits, -np.inf)


exercise.equivalent("k, logits.shape[-1]", "logits.shape[-1], k", "The smaller of two is the same.")
exercise.equivalent(", axis=-1", "", "The last axis is what np.sort takes by itself.")
exercise.equivalent("-kept, None", "None, -kept", "The new axis stands in the place of the last.")


@exercise.case(points=2)
def two_of_four(rng):
    return inputs(rng.permutation([-1.0, 0.5, 2.0, 3.5]), 2)


@exercise.case
def the_best_one_only(rng):
    return inputs(rng.permutation([-1.0, 0.5, 2.0]), 1)


@exercise.case(tags=("large_k",))
def as_many_as_there_are(rng):
    return inputs(rng.permutation([-1.0, 0.5, 2.0]), 3)


@exercise.case(tags=("large_k",))
def more_than_there_are(rng):
    return inputs(rng.permutation([-1.0, 0.5, 2.0]), int(rng.integers(5, 50)))


@exercise.case(tags=("batch",))
def each_row_has_its_own(rng):
    rows = [rng.permutation([1.0, 2.0, 3.0, 4.0]), rng.permutation([5.0, 6.0, 7.0, 8.0])]
    return inputs(np.array(rows), 2)


@exercise.case(tags=("batch",))
def rows_under_two_axes(rng):
    return inputs(rng.normal(size=(2, 3, 6)), 3)


@exercise.case(tags=("float32",))
def a_float32_row(rng):
    return inputs(rng.normal(size=5).astype(np.float32), 2)


@exercise.edit("-np.inf", "0.0")
def writes_zeros():
    """You make the other logits 0, and 0 is a logit like any other: exp(0) is 1.

    Tokens that were unlikely gain by that. Which logit has a probability of exactly 0?
    """


@exercise.edit("-np.inf", "-1e9")
def writes_a_large_number():
    """You write a large negative number for -inf.

    It says "never" only beside logits that are far above it, and at a high temperature not even
    there.
    """


@exercise.edit(">= smallest", "> smallest")
def keeps_one_too_few():
    """You keep what is larger than the k-th largest, and lose that one itself."""


@exercise.edit("logits >= smallest", "(logits > smallest) | (k >= logits.shape[-1])")
def keeps_one_too_few_of_more():
    """You keep what is larger than the k-th largest, and lose that one itself."""


@exercise.edit("min(k,", "min(k + 1,")
def keeps_one_too_many():
    """You keep one logit more than k.

    After np.sort the largest stands at -1, and so the k-th largest at -k.
    """


@exercise.edit("[..., -kept, None]", "[..., kept - 1, None]")
def counts_from_the_smallest():
    """You look for the k-th logit from below. np.sort puts the smallest first."""


@exercise.edit("logits >= smallest", "logits <= np.sort(logits, axis=-1)[..., kept - 1, None]")
def keeps_the_smallest():
    """You keep the k smallest logits, the tokens that are least likely."""


@exercise.edit("min(k, logits.shape[-1])", "k")
def cannot_keep_more_than_there_are():
    """You look for a k-th largest where there are fewer than k tokens.

    Then all of them stay.
    """


@exercise.edit("np.sort(logits, axis=-1)[..., -kept, None]", "np.sort(logits, axis=None)[-kept]")
def ranks_all_rows_together():
    """You rank the logits of all rows together.

    One row may lose everything by that. Each row keeps k of its own.
    """


@exercise.edit(
    "np.where(logits >= smallest, logits, -np.inf)", "np.sort(logits, axis=-1)[..., -kept:]"
)
def returns_the_largest_only():
    """You return the k largest by themselves, and nobody knows which tokens they belong to.

    All V places stay, and the ids with them.
    """


@exercise.edit(
    "np.where(logits >= smallest, logits, -np.inf)", "np.sort(logits, axis=-1)[..., ::-1][..., :k]"
)
def returns_the_largest_first():
    """You return the k largest by themselves, and nobody knows which tokens they belong to.

    All V places stay, and the ids with them.
    """


@exercise.edit("-kept, None]", "-kept]")
def lets_go_of_the_axis():
    """You lose the last axis of the k-th largest, so that rows do not meet their own.

    Of logits (2, 4) the k-th largest are (2,), and that does not fit. An index None at the end
    makes (2, 1) of them.
    """


@exercise.mistake
def takes_places_for_rows(logits, k):
    """You use places within a row as an index of the whole array, where they count rows.

    For a single row that is the same. np.take_along_axis and np.put_along_axis take places along
    the last axis; or compare each row with its own k-th largest.
    """
    filtered = np.full_like(logits, -np.inf)
    places = np.argsort(logits, axis=-1)[..., -k:]
    filtered[places] = logits[places]
    return filtered


@exercise.edit("np.where(logits >= smallest, logits, -np.inf)", "logits >= smallest")
def returns_a_mask():
    """You return which logits stay, True and False, and the logits themselves are wanted."""


@exercise.edit(
    "np.where(logits >= smallest, logits, -np.inf)",
    "np.where(np.arange(logits.shape[-1]) < kept, logits, -np.inf)",
)
def keeps_the_first_places():
    """You keep the first k places, whatever stands there. It is the largest logits that stay."""


@exercise.mistake
def filters_in_place(logits, k):
    """Your logits are right, but you write -inf into the caller's own array.

    Make a copy first, or let np.where make a new array.
    """
    logits[logits < np.sort(logits, axis=-1)[..., -min(k, logits.shape[-1]), None]] = -np.inf
    return logits


@exercise.edit("-np.inf)", "np.float64(-np.inf))")
def loses_single_precision():
    """Your logits are right, but float32 comes back as float64.

    Something in between is float64: a conversion, or an array made without a dtype.
    """


@exercise.reference
def generate(table, prompt, max_new, stop_id, draws=None):
    """Continue a text with a bigram model.

    Parameters
    ----------
    table : (V, V)
        Row i holds the logits of what comes after token i.
    prompt : list of int
        The ids that the text begins with, at least one.
    max_new : int
        How many tokens may be added at most, 0 or more.
    stop_id : int
        The new token that ends the text. In the prompt it does nothing.
    draws : (max_new,) or None
        draws[t] chooses the new token t, counted from 0, at temperature 1. None: greedily.

    Returns
    -------
    ids : list of int
        The prompt, and behind it the new ids, the stop included if it came.
    """
    ids = list(prompt)
    for t in range(max_new):
        logits = table[ids[-1]]
        new = greedy(logits) if draws is None else sample(logits, draws[t])
        ids.append(new)
        if new == stop_id:
            break
    return ids


@exercise.picture
def temperature_and_top_k():
    """Thirty draws, evenly from 0 to 1, and which of the tokens 0 to 5 each of them hits.

    Every step of the stairs is as wide as its token is probable. Cold, token 4 takes nearly all;
    hot, all come to their share. With top-k only the two likeliest are left.
    """
    logits = np.array([0.5, 1.0, -1.0, 1.5, 3.0, 0.0])
    rows = {f"temperature {t}": logits / t for t in (0.5, 1.0, 3.0)}
    rows["top-k, k = 2"] = top_k_filter(logits, 2)
    draws = np.arange(30) / 30
    return [
        view(title, inputs(np.tile(row, (6, 1)), [0], 30, -1, draws=draws))
        for title, row in rows.items()
    ]


def draw_chain(rng, size):
    """Draw a table in which every token has one that mostly follows, all of them in a circle."""
    order = rng.permutation(size)
    table = rng.normal(size=(size, size)).round(1)
    table[order, np.roll(order, -1)] += 4.0
    return table, [int(each) for each in order]


@exercise.case(points=2)
def three_greedy_tokens(rng):
    table, order = draw_chain(rng, 5)
    return inputs(table, order[:1], 3, order[4])


@exercise.case(tags=("long_prompt",))
def the_last_token_of_a_prompt_counts(rng):
    table, order = draw_chain(rng, 5)
    return inputs(table, [order[3], order[0]], 2, order[4])


@exercise.case(tags=("stop",))
def the_stop_token_ends_it(rng):
    table, order = draw_chain(rng, 5)
    return inputs(table, order[:1], 4, order[2])


@exercise.case(tags=("stop", "edge"))
def the_first_new_token_is_the_stop(rng):
    table, order = draw_chain(rng, 4)
    return inputs(table, order[:1], 3, order[1])


@exercise.case(tags=("stop", "long_prompt"))
def a_stop_in_the_prompt_does_nothing(rng):
    table, order = draw_chain(rng, 5)
    return inputs(table, [order[3], order[0]], 2, order[3])


@exercise.case(tags=("stop",))
def a_prompt_that_ends_in_the_stop(rng):
    table, order = draw_chain(rng, 5)
    return inputs(table, order[:1], 2, order[0])


@exercise.case(tags=("edge",))
def no_new_tokens(rng):
    table, order = draw_chain(rng, 4)
    return inputs(table, order[:2], 0, order[3])


@exercise.case(tags=("sampling",))
def two_draws(rng):
    order = rng.permutation(3)
    table = rng.normal(size=(3, 3)).round(1)
    first, second = order[0], order[1]
    draws = []
    for now, wanted in ((first, second), (second, first)):
        p = softmax(table[now])
        draws.append(p[:wanted].sum() + 0.5 * p[wanted])
    return inputs(table, [int(first)], 2, int(order[2]), draws=np.array(draws))


@exercise.case(tags=("sampling",))
def the_same_draw_every_time(rng):
    table = np.zeros((5, 5))  # every token but the stop is as likely as any other
    table[:, 4] = -40.0
    draw = 0.25 * int(rng.integers(1, 4)) + float(rng.uniform(0.05, 0.2))
    return inputs(table, [int(rng.integers(4))], 3, 4, draws=np.full(3, draw))


@exercise.case(tags=("sampling", "long_prompt"))
def draws_behind_a_prompt_of_three(rng):
    table = np.zeros((5, 5))  # every token but the stop is as likely as any other
    table[:, 4] = -40.0
    prompt = [int(each) for each in rng.permutation(4)[:3]]
    draws = rng.permutation([0.1, 0.4, 0.6, 0.9])
    return inputs(table, prompt, 4, 4, draws=draws)


@exercise.case(tags=("sampling", "stop"))
def draws_until_the_stop(rng):
    table, order = draw_chain(rng, 5)
    return inputs(table, order[:1], 4, order[2], draws=np.full(4, 0.5))


@exercise.case(tags=("sampling", "stop", "long_prompt"))
def draws_behind_a_prompt_that_ends_in_the_stop(rng):
    table = np.zeros((5, 5))  # every token but the stop is as likely as any other
    table[:, 4] = -40.0
    draws = rng.permutation([0.1, 0.4, 0.6, 0.9])[:3]
    return inputs(table, [int(rng.integers(4)), 4], 3, 4, draws=draws)


@exercise.case(hidden=True, tags=("sampling", "long"))
def thirty_draws(rng):
    table = rng.normal(size=(6, 6))
    table[:, 5] = -9.0
    return inputs(table, [int(rng.integers(5))], 30, 5, draws=rng.uniform(size=30))


@exercise.mistake
def drops_the_stop(table, prompt, max_new, stop_id, draws=None):
    """You end at the stop token without putting it into the text.

    It is a token like the others, and whoever reads on needs to know that the text came to its end.
    """
    ids = generate(table, prompt, max_new, stop_id, draws)
    return ids[:-1] if len(ids) > len(prompt) and ids[-1] == stop_id else ids


@exercise.edit("return ids", "return ids[len(prompt) :]")
def returns_the_new_tokens_only():
    """You return the new tokens without the prompt. The text begins with it."""


@exercise.mistake
def writes_into_the_prompt(table, prompt, max_new, stop_id, draws=None):
    """Your text is right, but you append it to the caller's own list.

    `ids = prompt` is a second name for the same list. list(prompt) makes a new one.
    """
    prompt += generate(table, prompt, max_new, stop_id, draws)[len(prompt) :]
    return prompt


@exercise.edit("table[ids[-1]]", "table[prompt[-1]]")
def asks_for_the_prompt_each_time():
    """You ask the model about the prompt every time, so the new tokens change nothing.

    What comes next depends on the token written last.
    """


@exercise.edit("table[ids[-1]]", "table[ids[0]]")
def asks_for_the_first_token():
    """You ask the model about the first token. It says what comes after the last."""


@exercise.edit("table[ids[-1]]", "table[:, ids[-1]]")
def reads_a_column():
    """You read a column of the table: how well each token would have stood before this one.

    Row i holds what comes after token i.
    """


@exercise.edit("if new == stop_id", "if stop_id in ids")
def stops_at_a_stop_in_the_prompt():
    """You look for the stop token in the whole text, and the prompt may hold one.

    Only a new token can end it.
    """


@exercise.edit(
    "logits = table", "if ids[-1] == stop_id:\n            break\n        logits = table"
)
def asks_for_the_stop_before_writing():
    """You look for the stop before you write a token, and a prompt may end in it.

    Only a new token can end the text. Choose it first, put it at the end, and ask then.
    """


@exercise.edit("logits = table", "if stop_id in ids:\n            break\n        logits = table")
def looks_for_the_stop_before_writing():
    """You look for the stop in the whole text before you write a token; a prompt may hold one.

    Only a new token can end the text. Choose it first, put it at the end, and ask then.
    """


@exercise.edit("        if new == stop_id:\n            break\n", "")
def never_stops():
    """You go on behind the stop token."""


@exercise.edit("range(max_new)", "range(max_new - len(prompt))")
def counts_the_prompt_too():
    """You take `max_new` for the length of the whole text. It is how many tokens are added."""


@exercise.edit("range(max_new)", "range(max_new + 1)")
def writes_one_token_too_many():
    """You add one token more than `max_new`.

    A loop that goes on as long as there are not more than max_new new ones does that.
    """


@exercise.edit("draws[t]", "draws[len(ids) - 1]")
def counts_draws_from_the_prompt():
    """You choose the draw by the length of the text, prompt included.

    draws[0] is for the first new token, however long the prompt is.
    """


@exercise.edit("draws[t]", "draws[len(ids)]")
def counts_draws_from_behind_the_prompt():
    """You choose the draw by the length of the text, prompt included.

    draws[0] is for the first new token, however long the prompt is.
    """


@exercise.edit(
    "greedy(logits) if draws is None else sample(logits, draws[t])",
    "sample(logits, draws[t]) if draws else greedy(logits)",
)
def asks_whether_draws_are_true():
    """You ask `if draws`, and an array of several numbers is neither true nor false.

    Whether there are draws is another question: `draws is None`.
    """


@exercise.edit("draws[t]", "draws[0]")
def uses_one_draw_for_all():
    """You use the first draw for every token. draws[t] is for the new token t."""


@exercise.edit("greedy(logits) if draws is None else sample(logits, draws[t])", "greedy(logits)")
def is_always_greedy():
    """You take the likeliest token although there are draws."""
