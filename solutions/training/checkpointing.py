"""Checkpointing: what can be computed again need not be kept.

The backward pass needs what each layer returned on the way forward. For L layers these are L
arrays, and for long texts they fill the memory. Gradient checkpointing keeps only the input of each
segment of layers, and computes the rest again when its turn comes:

    x -> [layer 1, layer 2] -> [layer 3, layer 4] -> [layer 5] -> y
    kept                    kept                  kept

    L = 5, segment = 2, so ceil(L / segment) = 3 arrays are kept

Here a layer is x_next = tanh(u) with u = x · w. Backward, the last segment comes first: its layers
run again from what was kept, then the gradient goes back through them, one after the other:

    grad_u = grad · (1 - x_next²)
    grad_w = xᵀ · grad_u           and grad_u · wᵀ goes to the layer before

    x = [1], w = [[0.5]], grad = [1]
        ->  x_next = tanh(0.5) = 0.462      grad_u = 1 - 0.214 = 0.786
            grad_w = [[0.786]]              0.393 goes further back

All vectors of a batch go through the same weights, so grad_w is summed over them. What `saved`
looks like is your own affair: a list, a tuple or a dict of at most ceil(L / segment) + 1 arrays.
The gradients are those that keeping everything would give; all that changes is memory, and time.
"""

import numpy as np

from grader.exercise import Exercise, counting, inputs, result_of, view
from solutions.drawing import in_single_precision

exercise = Exercise(
    tags={
        "segments": "for a single segment and wrong for several",
        "deep": "for segments of one layer and wrong for longer ones",
        "shorter_end": "unless the last segment is shorter",
        "memory": "but for what it keeps or computes at one time",
        "vectors": "for a single vector and wrong for several",
    },
    hints=[
        "forward_segments: x runs through all layers in a loop. Before which of them is it kept?",
        "forward_segments: range(0, len(weights), segment) counts the layers that segments begin"
        " with, and weights[start : start + segment] ends by itself where there are no more.",
        "backward_segments: one segment at a time, the last one first. Its layers run forward once"
        " more, and this time every x in it is kept, in a list that is forgotten afterwards.",
        "backward_segments: going back through a layer takes its input, its output and its weights:"
        " first through tanh, then to the weights, then to the layer before.",
        "backward_segments: x.reshape(-1, x.shape[-1]) puts all vectors in one table. Then"
        " xᵀ · grad_u sums over all of them.",
    ],
)


@exercise.reference
def forward_segments(x, weights, segment):
    """Run x through all layers, and keep what the way back cannot do without.

    Parameters
    ----------
    x : (..., d_0)
        Vectors.
    weights : list of (d_i, d_next)
        One matrix for each of L layers, 1 or more.
    segment : int
        How many layers a segment has; the last one may have fewer.

    Returns
    -------
    y : (..., d_L)
        What the last layer returns.
    saved : nest of arrays
        For backward_segments: at most ceil(L / segment) + 1 arrays, in lists, tuples or dicts.
    """
    saved = []
    for start in range(0, len(weights), segment):
        saved.append(x)
        for w in weights[start : start + segment]:
            x = np.tanh(x @ w)
    return x, saved


exercise.equivalent("saved.append(x)", None, "What is saved shows in backward_segments.")
exercise.equivalent("x, saved", None, "What is saved shows in backward_segments.")


def draw_stack(rng, *widths):
    """Draw the weights of layers from the first width to the last."""
    pairs = zip(widths, widths[1:], strict=False)
    return [rng.normal(scale=0.8, size=pair).round(1) for pair in pairs]


def forward_call(x, weights, segment):
    """Return a call of forward_segments, of which the arrays that it saves are counted."""
    return counting(inputs(x, weights, segment), 1, -(-len(weights) // segment) + 1)


@exercise.case
def one_layer(rng):
    return forward_call(rng.normal(size=2).round(1), draw_stack(rng, 2, 2), 1)


@exercise.case(points=2, tags=("deep",))
def one_segment_of_three_layers(rng):
    return forward_call(rng.normal(size=2).round(1), draw_stack(rng, 2, 2, 2, 2), 3)


@exercise.case(tags=("segments",))
def segments_of_one_layer(rng):
    return forward_call(rng.normal(size=2).round(1), draw_stack(rng, 2, 3, 2), 1)


@exercise.case(tags=("segments", "deep"))
def two_segments_of_two_layers(rng):
    return forward_call(rng.normal(size=2).round(1), draw_stack(rng, 2, 3, 2, 4, 2), 2)


@exercise.case(tags=("segments", "deep", "shorter_end"))
def a_shorter_last_segment(rng):
    return forward_call(rng.normal(size=2).round(1), draw_stack(rng, 2, 2, 2, 2, 2, 2, 2, 2), 3)


@exercise.case(tags=("edge", "deep"))
def a_segment_longer_than_the_stack(rng):
    return forward_call(rng.normal(size=2).round(1), draw_stack(rng, 2, 3, 2), 5)


@exercise.case(tags=("vectors", "segments", "deep"))
def a_batch_of_sequences(rng):
    return forward_call(rng.normal(size=(2, 3, 4)), draw_stack(rng, 4, 3, 5, 2), 2)


@exercise.case(tags=("float32", "segments", "vectors"))
def float32_layers(rng):
    x, weights = rng.normal(size=(3, 2)).round(1), draw_stack(rng, 2, 3, 2)
    return forward_call(*in_single_precision((x, weights)), 1)


@exercise.case(hidden=True, tags=("segments", "deep", "shorter_end", "vectors"))
def a_deeper_stack(rng):
    return forward_call(rng.normal(size=(2, 6)), draw_stack(rng, *[6] * 12), 4)


def draw_tall(rng, layers):
    """Draw many vectors, all the same, and a deep stack: all activations together are large."""
    x = np.tile(rng.normal(size=8).round(1), (64, 64, 1))
    return x, [np.linalg.qr(rng.normal(size=(8, 8)))[0] for _ in range(layers)]


@exercise.case(
    points=2,
    tags=("memory", "vectors", "segments", "deep"),
    memory=(4 * 2**20, "all activations are 28 MiB here, and one for each segment is 2"),
)
def more_than_a_hundred_layers(rng):
    return forward_call(*draw_tall(rng, 112), 14)


# These two do not call the reference: a release would hold all that it returned.
@exercise.edit(
    """saved.append(x)
        for w in weights[start : start + segment]:""",
    """for w in weights[start : start + segment]:
            saved.append(x)""",
)
def keeps_an_array_of_every_layer():
    """You keep an array for every layer, and that is what checkpointing avoids.

    One for each segment is enough: its input, from which the rest is computed again. So keep x
    only where a segment begins.
    """


@exercise.edit(
    """saved.append(x)
        for w in weights[start : start + segment]:
            x = np.tanh(x @ w)""",
    """if not saved:
            saved.append(x)
        for w in weights[start : start + segment]:
            x = np.tanh(x @ w)
            saved.append(x)""",
)
def keeps_x_and_what_every_layer_returns():
    """You keep x and what every layer returns, and that is what checkpointing avoids.

    Only the inputs of segments are to be kept. What the other layers return is computed again when
    its turn comes.
    """


@exercise.edit("return x, saved", "return x, (saved, weights)")
def keeps_an_array_of_every_layer_as_well():
    """Beside the inputs of segments you keep an array for each layer: its result, or its weights.

    Neither is needed. The results are computed again from the inputs of the segments, and
    backward_segments is given the weights.
    """


@exercise.mistake
def takes_segment_for_their_number(x, weights, segment):
    """You make as many segments as `segment` says. It is how many layers each of them has."""
    return forward_segments(x, weights, -(-len(weights) // segment))


@exercise.edit("np.tanh(x @ w)", "x @ w")
def forgets_tanh():
    """You leave tanh out: a layer is tanh(x · w)."""


@exercise.edit("np.tanh(x @ w)", "np.tanh(x) @ w")
def takes_tanh_first():
    """You take tanh before the product. A layer is tanh(x · w): the product comes first."""


@exercise.edit("np.tanh(x @ w)", "np.maximum(x @ w, 0)")
def takes_relu_for_tanh():
    """You use relu; the layers here have tanh."""


@exercise.edit("x @ w", "x @ w.T")
def transposes_the_weights():
    """You transpose the weights. They are (d_in, d_out), so a vector on their left fits."""


@exercise.edit("np.tanh(x @ w)", "np.tanh(saved[-1] @ w)")
def starts_each_layer_from_what_was_kept():
    """You let each layer of a segment start from the segment's input.

    It starts from what the layer before it returned.
    """


@exercise.edit("range(0, len(weights), segment)", "range(0, len(weights) - segment + 1, segment)")
def leaves_a_shorter_segment_out():
    """You stop where no whole segment is left. The layers that remain run, too."""


@exercise.edit("weights[start : start + segment]", "[weights[start + k] for k in range(segment)]")
def runs_past_the_last_layer():
    """You run past the last layer where the last segment is shorter.

    A slice ends by itself where there are no more layers, and an index does not: it may go up to
    the smaller of the segment's end and len(weights).
    """


@exercise.edit("weights[start : start + segment]", "weights[start : start + segment][::-1]")
def runs_segments_backwards():
    """You run the layers of a segment from its last one to its first."""


@exercise.edit("return x, saved", "return saved, x")
def returns_what_was_saved_first():
    """You return what was saved first. The order is y, saved."""


@exercise.edit("np.tanh(x @ w)", "np.tanh(x @ w, dtype=np.float64)")
def loses_single_precision_on_the_way_forward():
    """Your y is right, but float32 layers return float64.

    Something in between is float64: a conversion, or an array made without a dtype.
    """


@exercise.reference
def backward_segments(saved, weights, segment, grad):
    """Return the gradients of all weights.

    Parameters
    ----------
    saved : nest of arrays
        What your own forward_segments returned beside y.
    weights : list of (d_i, d_next)
        As forward_segments was called with them.
    segment : int
        As forward_segments was called with it.
    grad : (..., d_L)
        The gradient of the loss for y.

    Returns
    -------
    grads : list of (d_i, d_next)
        One for each matrix, first layer first; summed over all leading axes.

    Notes
    -----
    Chen et al. 2016.
    """
    grads = []
    for start in range(0, len(weights), segment)[::-1]:
        layers = weights[start : start + segment]
        xs = [saved[start // segment]]
        for w in layers:
            xs.append(np.tanh(xs[-1] @ w))
        for w in layers[::-1]:
            grad = grad * (1 - xs.pop() ** 2)
            grads.append(_rows(xs[-1]).T @ _rows(grad))
            grad = grad @ w.T
    return grads[::-1]


def _rows(x):
    return x.reshape(-1, x.shape[-1])


exercise.equivalent("reshape(-1", None, "Any number below zero stands for what is left.")


@exercise.picture
def the_same_gradients_for_less_memory():
    """The gradient of the first of eight layers, when one, three or all of them make a segment.

    The tables are the same. With one layer a segment, eight arrays are kept; with three, three.
    """
    k = np.arange(1.0, 9.0)
    weights = [0.6 * np.sin(n + np.add.outer(3 * k[:4], k[:4] ** 2)) for n in k]
    x, grad = np.cos(np.add.outer(k[:3], 2 * k[:4])), np.ones((3, 4))
    return [
        view(
            f"segments of {segment}",
            inputs(
                result_of(forward_segments, x, weights, segment, part=1), weights, segment, grad
            ),
            part=(0,),
        )
        for segment in (1, 3, 8)
    ]


def backward_call(rng, x, weights, segment):
    """Return a call of backward_segments with what the learner's own forward_segments saved."""
    saved = result_of(forward_segments, x, weights, segment, part=1)
    grad = rng.normal(size=(*x.shape[:-1], weights[-1].shape[-1])).round(1).astype(x.dtype)
    return inputs(saved, weights, segment, grad)


@exercise.case
def back_through_one_layer(rng):
    return backward_call(rng, rng.normal(size=2).round(1), draw_stack(rng, 2, 2), 1)


@exercise.case(tags=("vectors",))
def one_layer_and_several_vectors(rng):
    return backward_call(rng, rng.normal(size=(3, 2)).round(1), draw_stack(rng, 2, 2), 1)


@exercise.case(points=2, tags=("deep",))
def back_through_one_segment(rng):
    return backward_call(rng, rng.normal(size=2).round(1), draw_stack(rng, 2, 2, 2, 2), 3)


@exercise.case(tags=("segments",))
def back_through_segments_of_one_layer(rng):
    return backward_call(rng, rng.normal(size=2).round(1), draw_stack(rng, 2, 2, 2, 2), 1)


@exercise.case(points=2, tags=("segments", "deep"))
def back_through_two_segments(rng):
    return backward_call(rng, rng.normal(size=2).round(1), draw_stack(rng, 2, 3, 2, 4, 2), 2)


@exercise.case(tags=("segments", "deep", "shorter_end"))
def back_from_a_shorter_segment(rng):
    return backward_call(rng, rng.normal(size=2).round(1), draw_stack(rng, *[2] * 8), 3)


@exercise.case(tags=("edge", "deep"))
def back_through_a_segment_longer_than_the_stack(rng):
    return backward_call(rng, rng.normal(size=2).round(1), draw_stack(rng, 2, 3, 2), 5)


@exercise.case(tags=("vectors", "batch", "segments", "deep"))
def back_through_a_batch(rng):
    return backward_call(rng, rng.normal(size=(2, 3, 4)), draw_stack(rng, 4, 3, 5, 2), 2)


@exercise.case(tags=("float32", "vectors", "segments"))
def float32_gradients(rng):
    x, weights = rng.normal(size=(3, 2)).round(1), draw_stack(rng, 2, 3, 2)
    return backward_call(rng, *in_single_precision((x, weights)), 1)


@exercise.case(hidden=True, tags=("segments", "deep", "shorter_end", "vectors", "batch"))
def back_through_a_deeper_stack(rng):
    return backward_call(rng, rng.normal(size=(2, 3, 6)), draw_stack(rng, *[6] * 12), 4)


@exercise.case(
    tags=("memory", "vectors", "batch", "segments", "deep"),
    memory=(8 * 2**20, "all activations are 28 MiB here, and those of one segment 4"),
)
def back_through_more_than_a_hundred_layers(rng):
    return backward_call(rng, *draw_tall(rng, 112), 14)


@exercise.edit("(1 - xs.pop() ** 2)", "(1 - xs.pop())")
def forgets_the_square():
    """You multiply by 1 - x_next, and the derivative of tanh is 1 - x_next²."""


@exercise.edit("grad * (1 - xs.pop() ** 2)", "grad * (1 - np.tanh(xs.pop()) ** 2)")
def takes_tanh_twice():
    """You take tanh of what has been through tanh already.

    The derivative is 1 - tanh(u)², and tanh(u) is what the layer returned.
    """


@exercise.edit("grad = grad * (1 - xs.pop() ** 2)", "xs.pop()")
def goes_round_tanh():
    """You take the gradient past tanh as it is.

    First it goes back through tanh: times 1 - x_next². Then to the weights.
    """


@exercise.edit(
    "grad = grad * (1 - xs.pop() ** 2)", "xs.pop()\n            grad = grad * (1 - xs[-1] ** 2)"
)
def looks_at_the_input_of_the_layer():
    """You multiply by 1 - x², with x as it came into the layer. It is x_next, which went out.

    What tanh returned says how steep it was there: 1 - x_next².
    """


@exercise.edit(
    "grad = grad * (1 - xs.pop() ** 2)\n            grads.append(_rows(xs[-1]).T @ _rows(grad))",
    "slope = 1 - xs.pop() ** 2\n            grads.append(_rows(xs[-1]).T @ _rows(grad * slope))",
)
def passes_on_what_has_not_been_through_tanh():
    """You pass the gradient on to the layer before as it was in front of tanh.

    Both go back through tanh first: the gradient of the weights, and the one that goes further
    back, which is grad_u · wᵀ.
    """


@exercise.edit(
    """for w in layers[::-1]:
            grad = grad * (1 - xs.pop() ** 2)
            grads.append(_rows(xs[-1]).T @ _rows(grad))
            grad = grad @ w.T""",
    """back = grad
        for w in layers[::-1]:
            back = back * (1 - xs.pop() ** 2)
            grads.append(_rows(xs[-1]).T @ _rows(back))
            back = back @ w.T""",
)
def begins_every_segment_with_the_last_gradient():
    """You go back through every segment with the gradient of y.

    That belongs to the last segment. Each of the others goes on with what came back through the one
    behind it.
    """


@exercise.edit("return grads[::-1]", "return grads")
def returns_the_last_layer_first():
    """You return the gradients as they were found, and the first layer is to come first."""


@exercise.edit("grad = grad @ w.T", "grad = grad @ w")
def does_not_transpose_the_weights():
    """You multiply the gradient by the weights as they are.

    On the way back it is wᵀ. With square matrices no shape complains.
    """


@exercise.edit("_rows(xs[-1]).T @ _rows(grad)", "_rows(grad).T @ _rows(xs[-1])")
def transposes_the_gradient_of_the_weights():
    """You return the gradients of the weights transposed.

    A gradient has the shape of what it belongs to: a row for each input of the layer.
    """


@exercise.edit("_rows(xs[-1]).T @ _rows(grad)", "_rows(xs[-1]).T @ _rows(grad / len(_rows(grad)))")
def averages_over_the_vectors():
    """You take the mean over all vectors. They are summed: a mean is the affair of the loss."""


@exercise.edit("_rows(xs[-1]).T @ _rows(grad)", "_rows(xs[-1])[:1].T @ _rows(grad)[:1]")
def takes_the_first_vector_only():
    """You look at the first vector only. All of them went through the same weights: sum."""


@exercise.edit("_rows(xs[-1]).T @ _rows(grad)", "xs[-1].T @ grad")
def multiplies_without_making_rows():
    """You multiply x.T by grad_u in whatever shape they come.

    Of one vector .T is the same vector, and the product is a single number. With batch axes .T
    turns all of them round. A table of all vectors, one in each row, has neither trouble.
    """


@exercise.edit(
    "_rows(xs[-1]).T @ _rows(grad)",
    "np.atleast_2d(xs[-1]).swapaxes(-1, -2) @ np.atleast_2d(grad)",
)
def keeps_a_gradient_for_each_sequence():
    """You return a gradient of the weights for each sequence of a batch.

    All of them went through the same weights, so the gradients are summed over the batch as well.
    """


@exercise.edit("_rows(xs[-1]).T @ _rows(grad)", "xs[-1].swapaxes(-1, -2) @ grad")
def exchanges_two_axes_of_whatever_comes():
    """You exchange the last two axes of x, and a single vector has only one.

    With batch axes there is another trouble: you get a gradient for each sequence, and they are to
    be summed. A table of all vectors, one in each row, has neither.
    """


@exercise.edit("weights[start : start + segment]", "[weights[start + k] for k in range(segment)]")
def goes_back_from_beyond_the_last_layer():
    """You begin beyond the last layer where the last segment is shorter.

    A slice ends by itself where there are no more layers, and an index does not: it may go up to
    the smaller of the segment's end and len(weights).
    """


@exercise.mistake
def goes_back_through_whole_segments_only(saved, weights, segment, grad):
    """You leave out the last layers where they fill no whole segment.

    `len(weights) // segment` counts whole segments. The shorter one at the end has gradients, too,
    and all others depend on it.
    """
    whole = len(weights) // segment * segment
    found = backward_segments(saved, weights[:whole], segment, grad)
    return found + [None] * (len(weights) - whole)


@exercise.edit("xs.append(np.tanh(xs[-1] @ w))", "xs.append(np.tanh(xs[0] @ w))")
def runs_each_layer_from_the_start():
    """You let each layer of a segment run from what was kept, and not from the layer before it."""


@exercise.edit("_rows(xs[-1]).T", "_rows(xs[0]).T")
def uses_the_input_of_the_segment():
    """You use the input of the segment for each of its layers.

    The gradient of a layer's weights has the input of this layer in it: that is what the segment is
    run again for.
    """


@exercise.edit("grad = grad @ w.T", "grad = grad @ w.T if w is not layers[0] else 0 * xs[0] + 1")
def begins_anew_in_each_segment():
    """You begin each segment with a gradient of ones.

    The gradient goes on from one segment to the one before it.
    """


@exercise.edit("for w in layers[::-1]", "for w in layers")
def goes_through_the_weights_forwards():
    """You go back through a segment with its weights in the order of the way forward."""


@exercise.mistake
def changes_the_gradient_in_place(saved, weights, segment, grad):
    """Your gradients are right, but you write into the caller's own grad.

    `grad *= ...` changes it for everybody who holds it. An operation without the `=` makes a new
    array.
    """
    result = backward_segments(saved, weights, segment, grad)
    grad *= 2
    return result


@exercise.edit("_rows(xs[-1]).T @ _rows(grad)", "np.zeros(w.shape) + _rows(xs[-1]).T @ _rows(grad)")
def loses_single_precision_on_the_way_back():
    """Your gradients are right, but float32 layers get them in float64.

    np.zeros without a dtype is float64, and what is added to it becomes so, too.
    """
