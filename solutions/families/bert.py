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

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.drawing import draw_gain_and_bias, in_single_precision, neutral, scaled
from solutions.text.embedding import embed
from solutions.transformer.layer_norm import layer_norm
from solutions.transformer.positional_encoding import add_positions, sinusoidal_encoding

exercise = Exercise(
    tags={
        "special": "unless some tokens are special",
        "replaced": "unless a token is replaced by another",
        "stays": "unless a selected token stays as it is",
        "on_the_edge": "unless a draw lies on the edge: below 0.15 is not up to 0.15",
        "token_zero": "unless a token has the id 0",
        "segments": "for one segment and wrong for two",
        "places": "unless positions are told apart",
    },
    hints=[
        "mask_tokens: two questions, one after the other. Which tokens are selected? And what"
        " becomes of a token that is?",
        "mask_tokens: comparisons make boolean arrays, `&` joins two of them, `~` turns one round,"
        " and np.where(condition, a, b) chooses for each token. It can stand inside another.",
        "mask_tokens: the targets are the ids before anything was replaced, wherever a token is"
        " selected. np.where(selected, ids, -100) has no room for a mistake.",
        "bert_embed: two look-ups, one with ids and one with segments; embed does both. Positions"
        " are the first n rows of their table, which add_positions adds.",
        "bert_embed: one norm, of the sum of all three. eps goes on to it.",
    ],
)


@exercise.reference
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
    selected = (draws[..., 0] < 0.15) & ~special
    fate = draws[..., 1]
    changed = np.where(fate < 0.8, mask_id, np.where(fate < 0.9, replacements, ids))
    return np.where(selected, changed, ids), np.where(selected, ids, -100)


exercise.equivalent("draws[..., 1]", "draws[..., -1]", "There are two draws for each token.")

WORDS = ["CLS", "MASK", "SEP", "the", "cat", "sat", "on", "a", "mat", "green"]


@exercise.picture
def what_is_read_and_what_is_asked():
    """A sentence, what BERT reads of it, and what it is asked: nothing where there is a ?.

    "cat" is hidden, "on" has become another word, and "mat" stands there as it was. All three are
    asked for, and a reader cannot tell which of the words are right. CLS and SEP are special.
    """
    ids = np.array([0, 3, 4, 5, 6, 7, 8, 2])
    first = [0.5, 0.9, 0.1, 0.6, 0.02, 0.8, 0.14, 0.4]
    second = [0.2, 0.1, 0.3, 0.9, 0.85, 0.5, 0.95, 0.1]
    drawn = np.stack([first, second], axis=-1)
    special = (ids == 0) | (ids == 2)
    call = inputs(ids, drawn, np.full(8, 9), 1, special)
    nothing = inputs(ids, np.ones((8, 2)), np.full(8, 9), 1, special)
    return [
        view("the sentence", nothing, part=(0,), words=WORDS),
        view("inputs", call, part=(0,), words=WORDS),
        view("targets", call, part=(1,), words=WORDS),
    ]


FATES = {"masked": (0.0, 0.75), "replaced": (0.81, 0.89), "kept": (0.91, 0.99)}


def draw_masking(rng, *fates, special=None, shape=None):
    """Draw a call of mask_tokens in which each token has the fate that is named.

    None stands for a token that is not selected. Ids, replacements and the mask token differ.
    """
    shape = (len(fates),) if shape is None else shape
    ids, replacements = rng.integers(4, 40, size=shape), rng.integers(40, 60, size=shape)
    drawn = np.empty((*shape, 2))
    for place, fate in zip(np.ndindex(shape), fates, strict=True):
        first = rng.uniform(0.2, 0.99) if fate is None else rng.uniform(0.0, 0.14)
        drawn[place] = first, rng.uniform(*FATES[fate or rng.choice(list(FATES))])
    special = np.zeros(shape, dtype=bool) if special is None else np.array(special)
    return ids, drawn.round(3), replacements, int(rng.integers(1, 4)), special


@exercise.case
def no_token_is_selected(rng):
    return inputs(*draw_masking(rng, None, None, None))


@exercise.case(points=2)
def one_token_is_masked(rng):
    return inputs(*draw_masking(rng, *rng.permutation([None, "masked", None])))


@exercise.case(tags=("replaced",))
def one_token_is_replaced(rng):
    return inputs(*draw_masking(rng, *rng.permutation([None, "replaced", None])))


@exercise.case(tags=("stays",))
def one_token_stays_as_it_is(rng):
    return inputs(*draw_masking(rng, *rng.permutation([None, "kept", None])))


@exercise.case(points=2, tags=("replaced", "stays"))
def all_that_can_happen(rng):
    return inputs(*draw_masking(rng, *rng.permutation([None, "masked", "replaced", "kept", None])))


@exercise.case(tags=("on_the_edge",))
def a_first_draw_on_the_edge(rng):
    ids, drawn, *others = draw_masking(rng, None, "masked")
    drawn[0] = 0.15, 0.5
    return inputs(ids, drawn, *others)


@exercise.case(tags=("on_the_edge", "replaced"))
def a_second_draw_between_mask_and_replacement(rng):
    ids, drawn, *others = draw_masking(rng, "masked", "replaced")
    drawn[1, 1] = 0.8
    return inputs(ids, drawn, *others)


@exercise.case(tags=("on_the_edge", "replaced", "stays"))
def a_second_draw_between_replacement_and_none(rng):
    ids, drawn, *others = draw_masking(rng, "replaced", "kept")
    drawn[1, 1] = 0.9
    return inputs(ids, drawn, *others)


@exercise.case(tags=("edge",))
def draws_of_zero(rng):
    ids, drawn, *others = draw_masking(rng, "masked", "masked")
    return inputs(ids, 0 * drawn, *others)


@exercise.case(points=2, tags=("special",))
def special_tokens_are_left_alone(rng):
    special = [True, False, False, True]
    return inputs(*draw_masking(rng, "masked", "masked", None, "masked", special=special))


@exercise.case(tags=("special", "replaced", "stays"))
def special_tokens_whatever_the_second_draw(rng):
    fates = rng.permutation(["masked", "replaced", "kept"])
    special = [True, True, True, False, False]
    return inputs(*draw_masking(rng, *fates, None, "masked", special=special))


@exercise.case(tags=("special", "edge"))
def nothing_but_special_tokens(rng):
    return inputs(*draw_masking(rng, "masked", "replaced", special=[True, True]))


@exercise.case(tags=("token_zero",))
def an_ordinary_token_with_the_id_zero(rng):
    ids, *others = draw_masking(rng, "masked", "masked", None)
    ids[0] = 0
    return inputs(ids, *others)


@exercise.case(tags=("replaced",))
def a_token_that_is_replaced_by_itself(rng):
    ids, drawn, replacements, *others = draw_masking(rng, "replaced", None)
    replacements[0] = ids[0]
    return inputs(ids, drawn, replacements, *others)


@exercise.case(tags=("batch", "replaced", "stays"))
def several_texts(rng):
    fates = rng.permutation([None, "masked", "replaced", "kept", None, "masked", None, None])
    return inputs(*draw_masking(rng, *fates, shape=(2, 4)))


@exercise.case(tags=("batch", "special", "replaced", "stays"))
def texts_under_two_batch_axes(rng):
    fates = rng.permutation([None, "masked", "replaced", "kept"] * 6)
    special = rng.permutation([True, False, False] * 8).reshape(2, 3, 4)
    return inputs(*draw_masking(rng, *fates, special=special, shape=(2, 3, 4)))


@exercise.case(hidden=True, tags=("batch", "special", "replaced", "stays", "long"))
def many_tokens(rng):
    ids, replacements = rng.integers(0, 500, size=(2, 4, 200))
    special = rng.random((4, 200)) < 0.1
    return inputs(ids, rng.random((4, 200, 2)), replacements, 103, special)


@exercise.edit("(draws[..., 0] < 0.15) & ~special", "draws[..., 0] < 0.15")
def selects_special_tokens():
    """You select special tokens as well.

    They say where a text begins, ends or is padding. To guess them teaches nothing, and without
    them the text is not what it was.
    """


@exercise.edit("& ~special", "& special")
def selects_nothing_but_special_tokens():
    """You select special tokens, and only those. True in `special` says: leave it alone."""


@exercise.edit("np.where(selected, ids, -100)", "np.where(draws[..., 0] < 0.15, ids, -100)")
def asks_for_special_tokens():
    """You leave special tokens as they are, and make targets of some of them.

    They are not selected, so nothing is asked about them.
    """


@exercise.edit("np.where(selected, changed, ids)", "np.where(draws[..., 0] < 0.15, changed, ids)")
def changes_special_tokens():
    """You change special tokens, though no target asks for them.

    They are not selected, so the model reads them as they are.
    """


@exercise.edit("np.where(selected, changed, ids)", "np.where(special, ids, changed)")
def divides_all_tokens():
    """You mask 80 % of all tokens, and replace 10 % of all.

    These are shares of the selected ones. What is not selected stays as it is: 85 % of the text has
    to be there to guess the rest from.
    """


@exercise.edit(
    "np.where(selected, changed, ids)",
    "np.where(selected | (fate >= 0.8) & (fate < 0.9), changed, ids)",
)
def replaces_what_is_not_selected():
    """You replace wherever the second draw lies between 0.8 and 0.9, selected or not.

    The second draw says what becomes of a selected token. Of all others it says nothing: they stay
    as they are, and nobody asks for them.
    """


@exercise.edit("np.where(selected, ids, -100)", "ids")
def asks_for_every_token():
    """You ask for every token, selected or not.

    Most of them stand there to be copied, and so the loss is small without anything learned. Where
    nothing is asked the target is -100.
    """


@exercise.edit("np.where(selected, ids, -100)", "np.where(selected & (fate < 0.8), ids, -100)")
def asks_for_masked_tokens_only():
    """You ask only where the mask token stands.

    A token that was replaced or stays as it is was selected too. If only masks were asked about,
    the model could forget all else.
    """


@exercise.edit("np.where(selected, ids, -100)", "np.where(selected & (changed != ids), ids, -100)")
def asks_for_changed_tokens_only():
    """You ask only where the inputs differ from the ids.

    A selected token may stay as it is, or be replaced by itself, and is asked about all the same.
    What decides is whether it was selected.
    """


@exercise.edit("np.where(selected, ids, -100)", "np.where(selected, changed, -100)")
def asks_for_what_stands_there_now():
    """Your targets are what stands in the inputs, and not what stood there before.

    The model would learn to answer "mask" wherever it sees one. Keep the ids until the targets are
    made.
    """


@exercise.edit("np.where(selected, ids, -100)", "np.where(selected, -100, ids)")
def asks_for_what_is_not_selected():
    """Your targets are turned round: they ignore what is selected, and ask for the rest."""


@exercise.edit("ids, -100)", "ids, 0)")
def marks_the_rest_with_zero():
    """Your targets are 0 where nothing is asked.

    0 is a token, and the loss would ask for it. It ignores -100.
    """


@exercise.edit("ids, -100)", "ids, -1)")
def marks_the_rest_with_minus_one():
    """Your targets are -1 where nothing is asked. Here, as in PyTorch, the loss ignores -100."""


@exercise.edit("ids, -100)", "ids, -100.0)")
def makes_floats_of_targets():
    """Your targets are right, but they are floats, and ids are whole numbers.

    np.full and np.zeros make floats unless they are given whole numbers or a dtype. A float is no
    index, and a loss looks targets up.
    """


@exercise.edit("np.where(fate < 0.8, mask_id, np.where(fate < 0.9, replacements, ids))", "mask_id")
def masks_all_that_is_selected():
    """You put the mask token in the place of every selected one.

    In use there are no mask tokens. If only they were asked about, the model could neglect all
    others; so a tenth is replaced, and a tenth stays. It is the second draw that decides.
    """


@exercise.edit("np.where(fate < 0.9, replacements, ids)", "replacements")
def lets_no_token_stay():
    """You replace all selected tokens that are not masked. From 0.9 on a token stays as it is."""


@exercise.edit("np.where(fate < 0.9, replacements, ids)", "ids")
def replaces_no_token():
    """You replace no token: what is selected and not masked stays as it is.

    Where the second draw is from 0.8 to below 0.9, the replacement takes its place. The shares add
    up: the next tenth after 0.8 ends at 0.9.
    """


@exercise.edit("np.where(fate < 0.9, replacements, ids)", "np.where(fate < 0.9, ids, replacements)")
def exchanges_the_two_tenths():
    """You replace from 0.9 on, and let a token stay below. It is the other way round."""


@exercise.edit(
    "np.where(fate < 0.8, mask_id, np.where(fate < 0.9, replacements, ids))",
    "np.where(fate < 0.1, replacements, np.where(fate < 0.9, mask_id, ids))",
)
def replaces_the_lowest_draws():
    """You replace where the second draw is below 0.1, and mask from there to 0.9.

    The shares are right, and the draws are used in another order: first the mask, below 0.8.
    """


@exercise.edit(
    "np.where(fate < 0.8, mask_id, np.where(fate < 0.9, replacements, ids))",
    "np.where(fate >= 0.2, mask_id, np.where(fate >= 0.1, replacements, ids))",
)
def masks_the_highest_draws():
    """You mask where the second draw is 0.2 or more, and so use the draws from the other end.

    The shares are right. Here the mask comes first, below 0.8.
    """


@exercise.edit("draws[..., 1]", "draws[..., 0] / 0.15")
def stretches_the_first_draw():
    """You divide the first draw by 0.15 and use it again, for what becomes of a token.

    That saves a draw, and the shares are right. Here the second draw is there for it.
    """


@exercise.mistake
def exchanges_the_draws(ids, draws, replacements, mask_id, special):
    """You use the second draw to select, and the first for what becomes of a token."""
    return mask_tokens(ids, draws[..., ::-1], replacements, mask_id, special)


@exercise.edit("(draws[..., 0] < 0.15)", "(draws[..., 0] > 0.15)")
def selects_all_but_the_lowest():
    """You select where the first draw is above 0.15: 85 % of all tokens. It is 15 %, below."""


@exercise.edit("draws[..., 0] < 0.15", "draws[..., 0] <= 0.15")
def counts_the_edge_of_the_selection_in():
    """You select a draw of exactly 0.15, too. It has to be below."""


@exercise.edit("fate < 0.8", "fate <= 0.8")
def counts_the_edge_of_the_mask_in():
    """You mask at a draw of exactly 0.8, too. It has to be below; the replacement begins there."""


@exercise.edit("fate < 0.9", "fate <= 0.9")
def counts_the_edge_of_the_replacements_in():
    """You replace at a draw of exactly 0.9, too. It has to be below."""


@exercise.edit(
    "fate < 0.8, mask_id, np.where(fate < 0.9", "fate <= 0.8, mask_id, np.where(fate <= 0.9"
)
def counts_both_edges_in():
    """You mask at a draw of exactly 0.8, and replace at one of exactly 0.9. Both have to be below.

    A draw can be 0 and never 1. So it is `<` that gives each share its own width.
    """


@exercise.edit("replacements, ids", "replacements.flat[0], ids")
def takes_the_first_replacement_for_all():
    """You put the same replacement everywhere. Each token has one of its own, at its own place."""


@exercise.mistake
def uses_replacements_up_in_order(ids, draws, replacements, mask_id, special):
    """You use the replacements up in order: the first for the first token that is replaced.

    Each token has its own, at its own place, whether it is needed or not.
    """
    is_replaced = (draws[..., 0] < 0.15) & ~special & (draws[..., 1] >= 0.8) & (draws[..., 1] < 0.9)
    used = replacements.copy()
    used[is_replaced] = replacements.ravel()[: is_replaced.sum()]
    return mask_tokens(ids, draws, used, mask_id, special)


@exercise.edit("& ~special", "& ~special & (ids != 0)")
def takes_the_id_zero_for_padding():
    """You never select the id 0, as if it were padding.

    Which tokens are special is told by `special`, and by nothing else.
    """


@exercise.edit("& ~special", "& ~special & (np.arange(ids.shape[-1]) > 0)")
def never_selects_the_first_token():
    """You never select the first token, as if it were always a start token.

    Which tokens are special is told by `special`, and by nothing else.
    """


@exercise.edit(
    "return np.where(selected, changed, ids), np.where(selected, ids, -100)",
    "return np.where(selected, ids, -100), np.where(selected, changed, ids)",
)
def returns_the_targets_first():
    """You return targets, inputs. The order is inputs, targets."""


@exercise.edit("np.where(selected, ids, -100)", "ids[selected]")
def returns_the_selected_ids_alone():
    """You return the selected ids in a row, without their places.

    Targets have the shape of the ids, so that a loss can hold them beside the logits.
    """


@exercise.mistake
def changes_the_ids_in_place(ids, draws, replacements, mask_id, special):
    """Your results are right, but you write into the caller's own ids.

    In the next epoch the text would have gaps already. Work on a copy, or let np.where make one.
    """
    inputs_, targets = mask_tokens(ids, draws, replacements, mask_id, special)
    ids[...] = inputs_
    return inputs_, targets


@exercise.reference
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
    x = embed(ids, params["token_embedding"]) + embed(segments, params["segment_embedding"])
    x = add_positions(x, params["position_embedding"])  # (..., n, d)
    return layer_norm(x, **params["norm"], eps=eps)


@exercise.picture
def one_word_in_two_texts():
    """The same word at four places: two of the first text, two of the second.

    The token is the same in all four rows. What differs is where it stands, and from the third row
    on also the segment.
    """
    places, width = 4, 8
    wave = np.sin(np.arange(places)[:, None] * np.arange(1, width + 1) / 2)
    params = {
        "token_embedding": np.cos(np.arange(width))[None],
        "position_embedding": wave,
        "segment_embedding": np.stack([np.zeros(width), np.linspace(-2, 2, width)]),
        "norm": {"gain": np.ones(width), "bias": np.zeros(width)},
    }
    segments = np.array([0, 0, 1, 1])
    call = inputs(np.zeros(places, dtype=int), segments, params)
    return [view("x", call, rows=[f"text {s}" for s in segments], columns=range(width))]


def draw_bert(rng, d=4, words=5, places=6):
    """Draw the tables, so large that no eps can be seen beside their vectors, and the norm."""
    gain, bias = draw_gain_and_bias(rng, d)
    shapes = {"token": (words, d), "position": (places, d), "segment": (2, d)}
    tables = {
        f"{name}_embedding": rng.normal(scale=15, size=shape).round()
        for name, shape in shapes.items()
    }
    return tables | {"norm": {"gain": gain, "bias": bias}}


def draw_texts(rng, *shape, words=5):
    """Draw ids without 0, of which those side by side differ, and segments of zeros."""
    steps = rng.integers(1, words - 1, size=shape)
    return 1 + np.cumsum(steps, axis=-1) % (words - 1), np.zeros(shape, dtype=int)


def two_segments(rng, *shape, words=5):
    """Draw ids, and segments that change from 0 to 1 somewhere on the way."""
    ids, segments = draw_texts(rng, *shape, words=words)
    begins = rng.integers(1, shape[-1], size=(*shape[:-1], 1))
    return ids, segments + (np.arange(shape[-1]) >= begins)


@exercise.case(points=2)
def one_token_and_nothing_else(rng):
    params = scaled(neutral(draw_bert(rng)), position_embedding=0, segment_embedding=0)
    return inputs(*draw_texts(rng, 1), params)


@exercise.case(tags=("places",))
def tokens_and_positions(rng):
    return inputs(*draw_texts(rng, 3), scaled(neutral(draw_bert(rng)), segment_embedding=0))


@exercise.case(tags=("places", "edge"))
def a_text_as_long_as_its_table(rng):
    params = scaled(neutral(draw_bert(rng, places=4)), segment_embedding=0)
    return inputs(*draw_texts(rng, 4), params)


@exercise.case
def tokens_and_the_first_segment(rng):
    return inputs(*draw_texts(rng, 3), scaled(neutral(draw_bert(rng)), position_embedding=0))


@exercise.case(tags=("segments",))
def tokens_and_two_segments(rng):
    params = scaled(neutral(draw_bert(rng)), position_embedding=0)
    return inputs(*two_segments(rng, 4), params)


@exercise.case(points=2, tags=("places", "segments"))
def all_three_vectors(rng):
    return inputs(*two_segments(rng, 4), neutral(draw_bert(rng)))


@exercise.case
def a_norm_with_gain_and_bias(rng):
    params = scaled(neutral(draw_bert(rng), "norm"), position_embedding=0, segment_embedding=0)
    return inputs(*draw_texts(rng, 1), params)


@exercise.case
def a_norm_that_returns_its_bias(rng):
    return inputs(*two_segments(rng, 3), scaled(draw_bert(rng), gain=0))


@exercise.case(tags=("token_zero", "places", "segments"))
def a_token_with_the_id_zero(rng):
    ids, segments = two_segments(rng, 3)
    ids[1] = 0
    return inputs(ids, segments, neutral(draw_bert(rng)))


@exercise.case(tags=("segments",))
def the_second_segment_only(rng):
    ids, segments = draw_texts(rng, 3)
    return inputs(ids, segments + 1, neutral(draw_bert(rng)))


@exercise.case(tags=("option",))
def an_eps_that_shows(rng):
    params = scaled(neutral(draw_bert(rng)), position_embedding=0, segment_embedding=0)
    return inputs(*draw_texts(rng, 1), scaled(params, token_embedding=0.05), eps=0.5)


@exercise.case(tags=("small",))
def a_tiny_spread_is_held_down_by_eps(rng):
    params = scaled(neutral(draw_bert(rng)), position_embedding=0, segment_embedding=0)
    return inputs(*draw_texts(rng, 1), scaled(params, token_embedding=0.0002))


@exercise.case(tags=("edge",))
def a_vector_of_zeros(rng):
    params = scaled(neutral(draw_bert(rng), "norm"), position_embedding=0, segment_embedding=0)
    return inputs(*draw_texts(rng, 1), scaled(params, token_embedding=0))


@exercise.case(tags=("batch", "oblong", "places", "segments"))
def texts_in_a_batch(rng):
    return inputs(*two_segments(rng, 2, 4, words=7), neutral(draw_bert(rng, d=6, words=7)))


@exercise.case(tags=("batch", "oblong", "places", "segments"))
def two_batch_axes(rng):
    return inputs(*two_segments(rng, 2, 3, 4), neutral(draw_bert(rng, places=9)))


@exercise.case(tags=("float32", "places", "segments"))
def float32_tables(rng):
    return inputs(*two_segments(rng, 4), in_single_precision(neutral(draw_bert(rng))))


@exercise.case(hidden=True, tags=("batch", "oblong", "places", "segments", "option"))
def a_batch_of_long_texts(rng):
    params = scaled(draw_bert(rng, d=12, words=30, places=40), token_embedding=0.1)
    ids, segments = rng.integers(0, 30, size=(3, 25)), rng.integers(0, 2, size=(3, 25))
    return inputs(ids, segments, scaled(params, position_embedding=0.1), eps=0.1)


@exercise.edit(' + embed(segments, params["segment_embedding"])', "")
def forgets_the_segments():
    """You leave the segments out, so that BERT cannot tell its two texts apart."""


@exercise.edit('x = add_positions(x, params["position_embedding"])', "pass")
def forgets_the_positions():
    """You leave the positions out. To an encoder a text is then a bag of words."""


@exercise.edit('layer_norm(x, **params["norm"], eps=eps)', "x")
def forgets_the_norm():
    """You return the sum as it is. BERT normalises it before the first block."""


@exercise.edit("embed(segments, ", "embed(segments[..., :1], ")
def gives_the_whole_text_one_segment():
    """You add the segment of the first token to all tokens. Each token has its own."""


@exercise.edit("embed(segments, ", "embed(1 - segments, ")
def exchanges_the_segments():
    """You exchange the two segments. Row 0 of the table belongs to segment 0."""


@exercise.edit(
    'embed(segments, params["segment_embedding"])',
    'embed(segments, params["segment_embedding"]) * (segments != 0)[..., None]',
)
def takes_segment_zero_for_padding():
    """You add nothing where the segment is 0, as if it were padding.

    Some implementations keep row 0 for padding and count the texts from 1. Here there are two rows,
    and segment 0 has the first.
    """


@exercise.edit(
    'embed(ids, params["token_embedding"])',
    'embed(ids, params["token_embedding"]) * (ids != 0)[..., None]',
)
def takes_the_token_zero_for_padding():
    """You add nothing for the id 0, as if it were padding. Here it is a token with a row."""


@exercise.edit(
    'add_positions(x, params["position_embedding"])',
    'x + params["position_embedding"][ids % len(params["position_embedding"])]',
)
def looks_positions_up_by_id():
    """You look the positions up with the ids.

    A position is where a token stands, counted from 0, whichever token it is.
    """


@exercise.edit(
    'add_positions(x, params["position_embedding"])',
    'x + params["position_embedding"][-ids.shape[-1] :]',
)
def takes_the_last_positions():
    """You take the last rows of the position table. The first token stands at place 0."""


@exercise.edit(
    'add_positions(x, params["position_embedding"])',
    'x + params["position_embedding"][np.arange(ids.shape[-1]) - segments.argmax(-1)[..., None]'
    " * segments]",
)
def counts_positions_anew_in_the_second_text():
    """You count the positions of the second text from 0 again.

    They go on through both texts. Which of the two it is, is told by the segment.
    """


@exercise.mistake
def takes_sines_for_positions(ids, segments, params, eps=1e-5):
    """You add sines and cosines, as the transformer of 2017 does. BERT learns its positions."""
    table = params["token_embedding"]
    sines = sinusoidal_encoding(ids.shape[-1], table.shape[-1]).astype(table.dtype)
    return bert_embed(ids, segments, params | {"position_embedding": sines}, eps=eps)


@exercise.edit(
    'embed(ids, params["token_embedding"])',
    'embed(ids, params["token_embedding"]) * params["token_embedding"].shape[-1] ** 0.5',
)
def scales_tokens_by_the_root_of_d():
    """You multiply the token vectors by the square root of d. BERT adds all three as they are."""


@exercise.edit(
    'x = add_positions(x, params["position_embedding"])',
    'x = layer_norm(x, **params["norm"], eps=eps)\n'
    '    return add_positions(x, params["position_embedding"])',
)
def adds_positions_behind_the_norm():
    """You add the positions to what has been normalised. The norm is for the sum of all three."""


@exercise.mistake
def normalises_the_tokens_alone(ids, segments, params, eps=1e-5):
    """You normalise the token vectors, and add positions and segments to that.

    The norm is for the sum of all three, so that what the first block reads is always of one size.
    """
    x = layer_norm(embed(ids, params["token_embedding"]), **params["norm"], eps=eps)
    x = x + embed(segments, params["segment_embedding"])
    return add_positions(x, params["position_embedding"])


@exercise.edit('layer_norm(x, **params["norm"], eps=eps)', 'layer_norm(x, **params["norm"])')
def keeps_eps_to_itself():
    """You take an eps and do not hand it on, so that the norm has 1e-5, its own default."""


@exercise.edit('params["norm"], eps=eps', 'params["norm"], eps=1e-12')
def always_takes_the_eps_of_the_paper():
    """You give the norm an eps of 1e-12, whatever `eps` says.

    BERT's own code has that number. Here the caller chooses.
    """


@exercise.mistake
def puts_the_vectors_end_to_end(ids, segments, params, eps=1e-5):
    """You put the three vectors end to end. They are added, so that the width stays d."""
    places = np.broadcast_to(np.arange(ids.shape[-1]), ids.shape)
    parts = [
        embed(ids, params["token_embedding"]),
        embed(places, params["position_embedding"]),
        embed(segments, params["segment_embedding"]),
    ]
    return np.concatenate(parts, axis=-1)


@exercise.mistake
def loses_single_precision(ids, segments, params, eps=1e-5):
    """Your vectors are right, but tables in float32 give float64.

    Something on the way is float64: an array made without a dtype, or a conversion.
    """
    return bert_embed(ids, segments, params, eps=eps).astype(np.float64)
