"""Feed-forward: each position processes what attention has gathered for it.

Attention moves information between positions; here every position works on its own. Its vector is
widened from d to f features, each goes through an activation, and the result is brought back to d.
In the 2017 paper d is 512 and f 2048, which makes two thirds of an encoder block's weights.

    feed_forward(x) = activation(x w_in + b_in) w_out + b_out

    x     (..., n, d)      w_in   (d, f)    b_in   (f,)
    wide  (..., n, f)      w_out  (f, d)    b_out  (d,)

    x = [[1, -1]], w_in = [[1, 0, 2], [0, 1, 1]], b_in = [0, 0, 0]  ->  wide [[1, -1, 1]]
    relu [[1, 0, 1]], w_out = [[1, 0], [5, 5], [0, 2]]  ->  [[1, 2]], b_out = [0, 3]  ->  [[1, 5]]

Without the activation the two layers would be one, because a product of two matrices is a matrix.
The activation lets a feature be 0 for most inputs and respond to some. This course uses two:

    relu(x) = max(x, 0)                                   a gate, open or shut
    gelu(x) = x * Phi(x), Phi(x) = (1 + erf(x / sqrt(2))) / 2
    x       -2      -1       0       1       2
    relu     0       0       0       1       2
    gelu  -0.046  -0.159     0     0.841   1.954

Phi(x), the chance that a standard normal number falls below x, is a gate that opens gradually.
erf, the error function, is in Python's math module: it takes one number.
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.drawing import draw_feed_forward, in_single_precision, neutral

exercise = Exercise(
    formulas={
        "feed_forward(x)": (
            r"\text{feed\_forward}(x) ="
            r" \text{activation}(x\,w_\text{in} + b_\text{in})\,w_\text{out} + b_\text{out}"
        ),
        "relu(x)": r"\text{relu}(x) &= \max(x, 0) && \text{a gate, open or shut}",
        "gelu(x)": (
            r"\text{gelu}(x) &= x\,\Phi(x),"
            r" && \Phi(x) = \tfrac12 \left(1 + \text{erf}(x / \sqrt2)\right)"
        ),
    },
    hints=[
        "Write relu and gelu first, and test both on the little table of the lesson."
        " feed_forward only calls them.",
        "relu: it compares with 0 number by number, which one NumPy function does. Python's own"
        " max cannot, and np.max does something else.",
        "gelu: math.erf takes a single number; np.vectorize makes a function of arrays out of it.",
        "gelu: np.vectorize(math.erf, ...) needs to be given the dtype of x (its `otypes`), or"
        " float32 becomes float64.",
        "feed_forward: linear, activation, linear. A dict from the two names to the two"
        " functions finds the one in the middle, once you have looked whether the name is in"
        " it; if it is not, raise a ValueError.",
    ],
)


@exercise.reference
def relu(x):
    """Keep what is positive and put 0 in place of the rest.

    Parameters
    ----------
    x : (...)
        Numbers, in an array of any shape.

    Returns
    -------
    activated : (...)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.3, where it stands as max(0, ...).
    """
    return np.maximum(x, 0)


exercise.equivalent("x, 0", "0, x", "The larger of two is the same both ways round.")


@exercise.case
def relu_of_a_few_numbers(rng):
    signs = np.array([1, -1, 1, -1, -1])
    return inputs(signs * rng.uniform(0.2, 3.0, size=5).round(1))


@exercise.case
def relu_starting_with_a_negative_number(rng):
    return inputs(np.array([-1, 1, -1, 1]) * rng.uniform(0.1, 0.9, size=4).round(1))


@exercise.case(tags=("large",))
def relu_lets_large_numbers_pass(rng):
    return inputs(rng.uniform(10.0, 100.0, size=4).round())


@exercise.case(tags=("batch",))
def relu_of_any_shape(rng):
    return inputs(rng.normal(size=(2, 1, 4, 5)))


@exercise.case(tags=("float32",))
def relu_in_float32(rng):
    x = rng.normal(size=(3, 4)).astype(np.float32)
    x[0, 0] = -0.5  # np.vectorize takes its dtype from the first result
    return inputs(x)


@exercise.mistake
def takes_the_absolute_value(x):
    """You turn negative numbers positive.

    relu has no use for them, however large they are: everything below 0 becomes 0.
    """
    return np.abs(x)


@exercise.mistake
def squashes_with_tanh(x):
    """You use tanh.

    It never leaves the range from -1 to 1, and lets negative numbers through. relu has a gate at 0
    and no upper end.
    """
    return np.tanh(x)


@exercise.mistake
def squashes_with_a_sigmoid(x):
    """You use the sigmoid, 1 / (1 + exp(-x)).

    It turns every number into one between 0 and 1. relu leaves positive numbers as they are.
    """
    return 1 / (1 + np.exp(-x))


@exercise.mistake
def bends_instead_of_breaking(x):
    """You use a smooth relative of relu below 0: exp(x) - 1, which is elu.

    There negative numbers become other negative numbers, down to -1. In relu itself the gate is
    shut below 0.
    """
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


@exercise.edit("np.maximum", "np.minimum")
def keeps_the_negative_numbers():
    """You keep what is negative and put 0 in place of the rest.

    The gate is the wrong way round: relu lets positive numbers pass.
    """


@exercise.mistake
def lets_negative_numbers_leak(x):
    """You let a hundredth of each negative number through.

    That is leaky relu, a relative. In relu itself the gate is shut below 0.
    """
    return np.where(x > 0, x, 0.01 * x)


@exercise.mistake
def stops_at_six(x):
    """You cut everything above 6.

    That is relu6, made for small devices that calculate with few bits. relu has no upper end.
    """
    return np.clip(x, 0, 6)


@exercise.mistake
def returns_the_gate(x):
    """You return 1 where x is positive: the gate itself, and not what passes through it.

    This is the slope of relu, which its backward pass needs. Forward, a positive number stays as
    it is.
    """
    return (x > 0).astype(x.dtype)


@exercise.edit("np.maximum", "max")
def compares_the_array_as_a_whole():
    """You ask of a whole array whether it is larger than 0, with `if` or Python's own `max`.

    NumPy refuses to answer for any array of more than one number. There is a maximum in NumPy that
    compares number by number.
    """


@exercise.edit("np.maximum", "np.max")
def takes_the_maximum_along_an_axis():
    """You take the largest number along axis 0; the 0 names an axis and is compared with nothing.

    A sentence would be left with one vector, and a vector with one number. relu keeps the shape of
    x; NumPy has another maximum, which compares two things number by number.
    """


@exercise.mistake
def lets_the_first_number_decide_the_dtype(x):
    """You let np.vectorize guess the dtype, and it goes by the first result alone.

    Where the first number is negative, that result is 0, an integer, and all numbers after it lose
    their decimals. It can be told the dtype (`otypes`), but relu needs no loop at all.
    """
    return np.vectorize(lambda number: number if number > 0 else 0)(x)


@exercise.mistake
def shuts_the_gate_in_place(x):
    """Your numbers are right, but you write the zeros into the caller's own array.

    `x[x < 0] = 0` changes x for everyone who holds it. Make a new array, or work on a copy.
    """
    x[x < 0] = 0
    return x


@exercise.edit("0", "np.zeros(x.shape)")
def relu_loses_single_precision():
    """Your numbers are right, but float32 comes back as float64.

    np.zeros makes float64 unless told otherwise, np.vectorize where its first result is a Python
    float, and float64 wins wherever the two meet. A plain 0 takes the dtype of its partner.
    """


@exercise.reference
def gelu(x):
    """Multiply each number by the chance that a standard normal number falls below it.

    Parameters
    ----------
    x : (...)
        Numbers, in an array of any shape.

    Returns
    -------
    activated : (...)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Hendrycks and Gimpel 2016, section 2; the exact form, to full float64 precision, not one
    of its approximations.
    """
    erf = np.vectorize(math.erf, otypes=[x.dtype])  # math.erf takes one number at a time
    return x * (1 + erf(x / math.sqrt(2))) / 2


@exercise.picture
def two_gates():
    """relu is shut below 0 and open above. gelu opens gradually, and dips below 0 on the way."""
    x = np.linspace(-3, 3, 25)
    return [view(name, inputs(x), of=name, columns=x.tolist()) for name in ("relu", "gelu")]


@exercise.case(points=2)
def gelu_of_a_few_numbers(rng):
    signs = np.array([1, -1, 1, -1, -1])
    return inputs(signs * rng.uniform(0.2, 3.0, size=5).round(1))


@exercise.case(tags=("large",))
def gelu_far_from_zero_is_relu(rng):
    signs = np.array([[1, -1, 1], [-1, 1, -1]])
    return inputs(signs * rng.uniform(30.0, 100.0, size=(2, 3)).round())


@exercise.case(tags=("small",))
def gelu_of_numbers_below_minus_three(rng):
    return inputs(rng.uniform(-4.0, -3.0, size=5).round(2))


@exercise.case(tags=("batch",))
def gelu_of_any_shape(rng):
    return inputs(rng.normal(size=(2, 1, 4, 5)))


@exercise.case(tags=("float32",))
def gelu_in_float32(rng):
    return inputs(rng.normal(size=(3, 4)).astype(np.float32))


@exercise.mistake
def approximates_with_tanh(x):
    """You use the approximation with tanh, which is off by up to 0.0005.

    GPT-2 was trained with it, from the days when erf was slow. Here the exact function is asked
    for, and Python's math module has erf.
    """
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


@exercise.mistake
def approximates_with_a_sigmoid(x):
    """You use the approximation x sigmoid(1.702 x), which is off by up to 0.02.

    It is quick, and some models were trained with it. Here the exact function is asked for, and
    Python's math module has erf.
    """
    return x / (1 + np.exp(-1.702 * x))


@exercise.mistake
def takes_a_plain_sigmoid_for_the_gate(x):
    """You multiply x by sigmoid(x): that is SiLU, also called swish.

    Its gate opens more slowly than that of gelu, and later models use it. Here the gate is Phi(x),
    and Python's math module has the erf that it is made of.
    """
    return x / (1 + np.exp(-x))


@exercise.edit("x / math.sqrt(2)", "x")
def forgets_the_root_of_two():
    """You take erf of x itself and leave out the square root of 2.

    erf belongs to a narrower bell curve, with variance 1/2. Divide its argument to get the standard
    normal one.
    """


@exercise.edit("x / math.sqrt(2)", "x / 2")
def forgets_that_two_is_under_a_root():
    """You take erf of x / 2, where x is to be divided by the square root of 2.

    Your gate opens too slowly: gelu(1) would be 0.76, and the lesson has 0.841. The other 2, by
    which 1 + erf is divided, has no root.
    """


@exercise.edit("x * (1", "(1")
def returns_the_probability():
    """You return Phi(x), the gate itself, and not what passes through it.

    Phi(x) lies between 0 and 1, and gelu of a large number is that number. What is missing is one
    factor.
    """


@exercise.mistake
def takes_the_height_of_the_bell_curve(x):
    """You multiply x by the height of the bell curve at x, where its area up to x is meant.

    The height falls back to 0 for large x, so large numbers would vanish. The area grows from 0 to
    1: that is Phi, and erf leads to it.
    """
    return x * np.exp(-x * x / 2) / math.sqrt(2 * math.pi)


@exercise.edit("np.vectorize(math.erf, otypes=[x.dtype])", "math.erf")
def gives_an_array_to_math_erf():
    """You hand a whole array to math.erf, which takes a single number.

    The math module knows nothing of arrays. Call it once for each number: np.vectorize does that
    for you, or a comprehension and a reshape.
    """


@exercise.edit(", otypes=[x.dtype]", "")
def gelu_loses_single_precision():
    """Your numbers are right, but float32 comes back as float64.

    math.erf returns Python floats, and an array made from those is float64 unless you say which
    dtype you want.
    """


@exercise.edit("x * (1 + erf(x / math.sqrt(2))) / 2", "x * (1 + erf(x / math.sqrt(2)) / 2)")
def halves_erf_alone():
    """You halve erf, and not the sum of 1 and erf.

    The gate is then between a half and one and a half, and never shut. It is a probability: where
    are the brackets?
    """


@exercise.reference
def feed_forward(x, params, activation="relu"):
    """Widen every vector, activate its features, and bring it back to its width.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    params : dict
        `w_in` (d, f), `b_in` (f,), `w_out` (f, d), `b_out` (d,).
    activation : str
        What stands between the two layers: "relu" or "gelu".

    Returns
    -------
    output : (..., n, d)
        Of the shape and dtype of `x`.

    Raises
    ------
    ValueError
        `activation` is neither of the two.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.3; with gelu as in Devlin et al. 2018, appendix A.2.
    """
    activations = {"relu": relu, "gelu": gelu}
    if activation not in activations:
        raise ValueError(f"activation is {activation!r}, and only 'relu' and 'gelu' are known")
    wide = x @ params["w_in"] + params["b_in"]  # (..., n, f)
    return activations[activation](wide) @ params["w_out"] + params["b_out"]  # (..., n, d)


@exercise.case(points=2)
def two_layers_without_biases(rng):
    return inputs(rng.normal(size=(2, 3)).round(1), neutral(draw_feed_forward(rng, 3, 5)))


@exercise.case
def as_wide_inside_as_outside(rng):
    return inputs(rng.normal(size=(3, 4)).round(1), neutral(draw_feed_forward(rng, 4, 4)))


@exercise.case
def a_bias_in_the_first_layer(rng):
    return inputs(rng.normal(size=(2, 3)).round(1), neutral(draw_feed_forward(rng, 3, 5), "b_in"))


@exercise.case
def a_bias_in_the_second_layer(rng):
    return inputs(rng.normal(size=(2, 3)).round(1), neutral(draw_feed_forward(rng, 3, 5), "b_out"))


@exercise.case(tags=("edge",))
def zeros_leave_what_the_biases_make(rng):
    return inputs(np.zeros((2, 3)), draw_feed_forward(rng, 3, 5))


@exercise.case(tags=("edge",))
def a_second_layer_of_zeros_leaves_its_bias(rng):
    params = neutral(draw_feed_forward(rng, 3, 5, scale=0.0), "b_out")
    return inputs(rng.normal(size=(2, 3)).round(1), params)


@exercise.case(tags=("option",))
def gelu_between_the_layers(rng):
    params = neutral(draw_feed_forward(rng, 4, 6))
    return inputs(rng.normal(size=(3, 4)).round(1), params, activation="gelu")


@exercise.case(tags=("batch", "oblong"))
def one_batch_axis(rng):
    return inputs(rng.normal(size=(2, 5, 4)), neutral(draw_feed_forward(rng, 4, 8)))


@exercise.case(tags=("batch",))
def two_batch_axes(rng):
    return inputs(rng.normal(size=(2, 3, 5, 4)), neutral(draw_feed_forward(rng, 4, 6)))


@exercise.case(tags=("batch", "edge"))
def sequences_of_one_position(rng):
    return inputs(rng.normal(size=(3, 1, 4)), neutral(draw_feed_forward(rng, 4, 6)))


@exercise.case(tags=("float32",))
def float32_inputs(rng):
    params = in_single_precision(neutral(draw_feed_forward(rng, 4, 8)))
    return inputs(rng.normal(size=(3, 4)).astype(np.float32), params)


@exercise.case(tags=("float32", "option"))
def float32_inputs_with_gelu(rng):
    params = in_single_precision(neutral(draw_feed_forward(rng, 4, 8)))
    return inputs(rng.normal(size=(3, 4)).astype(np.float32), params, activation="gelu")


@exercise.case(tags=("batch", "option"))
def both_biases_a_batch_and_gelu(rng):
    return inputs(rng.normal(size=(2, 3, 4)), draw_feed_forward(rng, 4, 6), activation="gelu")


@exercise.case(raises=ValueError, tags=("option", "refusal"))
def refuses_an_unknown_activation(rng):
    return inputs(rng.normal(size=(2, 3)), draw_feed_forward(rng, 3, 5), activation="tanh")


@exercise.mistake
def forgets_the_activation(x, params, activation="relu"):
    """You apply the two layers one after the other, with nothing between them.

    Then they are no more than one linear layer with the matrix w_in w_out, and the width f gains
    nothing. The activation stands between the two.
    """
    return (x @ params["w_in"] + params["b_in"]) @ params["w_out"] + params["b_out"]


@exercise.mistake
def activates_the_output_only(x, params, activation="relu"):
    """You activate what the second layer returns, and nothing between the two.

    Two layers with nothing between them are one linear layer, and the output has to be able to be
    negative. The activation stands after the first layer.
    """
    output = (x @ params["w_in"] + params["b_in"]) @ params["w_out"] + params["b_out"]
    if activation not in ("relu", "gelu"):
        raise ValueError(activation)
    return relu(output) if activation == "relu" else gelu(output)


@exercise.mistake
def activates_the_input(x, params, activation="relu"):
    """You activate x, before the first layer.

    The features are to be widened first: the gates are for the f features of the first layer, bias
    and all.
    """
    if activation not in ("relu", "gelu"):
        raise ValueError(activation)
    gated = relu(x) if activation == "relu" else gelu(x)
    return (gated @ params["w_in"] + params["b_in"]) @ params["w_out"] + params["b_out"]


@exercise.mistake
def activates_twice(x, params, activation="relu"):
    """You activate the output of the second layer too.

    The result goes into a sum, and it has to be able to make numbers smaller there as well as
    larger. One activation, between the layers, is enough.
    """
    output = feed_forward(x, params, activation=activation)
    return relu(output) if activation == "relu" else gelu(output)


@exercise.edit(' + params["b_in"]', "")
def forgets_the_first_bias():
    """You leave out `b_in`, the bias of the first layer.

    It decides for each of the f features where its gate opens. Add it before the activation.
    """


@exercise.edit(' + params["b_out"]', "")
def forgets_the_second_bias():
    """You leave out `b_out`, the bias of the second layer.

    A linear layer has a matrix and a bias, this one like the first.
    """


@exercise.mistake
def forgets_both_biases(x, params, activation="relu"):
    """You multiply by both matrices and add neither of the biases.

    A linear layer is x w + b. `params` holds a bias for each of the two.
    """
    zero = {"b_in": 0 * params["b_in"], "b_out": 0 * params["b_out"]}
    return feed_forward(x, {**params, **zero}, activation=activation)


@exercise.mistake
def adds_the_first_bias_after_the_activation(x, params, activation="relu"):
    """You add `b_in` after the activation.

    Then it no longer moves the point at which a gate opens: it is just one more constant. The
    first layer is complete, bias and all, before anything is activated.
    """
    if activation not in ("relu", "gelu"):
        raise ValueError(activation)
    wide = {"relu": relu, "gelu": gelu}[activation](x @ params["w_in"])
    return (wide + params["b_in"]) @ params["w_out"] + params["b_out"]


@exercise.mistake
def transposes_the_matrices(x, params, activation="relu"):
    """You multiply by the transposed matrices.

    PyTorch's Linear stores its matrix as (d_out, d_in) and transposes it. Here w_in is (d, f), and
    `x @ w_in` is all.
    """
    turned = {**params, "w_in": params["w_in"].T, "w_out": params["w_out"].T}
    return feed_forward(x, turned, activation=activation)


@exercise.mistake
def ignores_the_activation_asked_for(x, params, activation="relu"):
    """You use relu whatever `activation` says.

    It is only the default. Let the name that comes in choose the function.
    """
    return feed_forward(x, params)


@exercise.edit("activations[activation](wide)", "relu(wide)")
def knows_both_names_but_always_uses_relu():
    """You refuse unknown names, as you should, but use relu for "gelu" as well.

    BERT and GPT would run with the wrong activation, and nobody would hear of it. The name is
    checked; now let it choose the function.
    """


@exercise.edit("activations[activation](wide)", "gelu(wide)")
def always_uses_gelu():
    """You use gelu whatever `activation` says.

    relu is the default, and the one of 2017. Let the name that comes in choose the function.
    """


@exercise.edit("activations[activation](wide)", "np.tanh(wide)")
def always_uses_tanh():
    """You use tanh between the two layers, whatever `activation` says.

    Older networks did. Here there are relu and gelu: let the name that comes in choose between
    them.
    """


@exercise.edit(
    "activations[activation](wide)", "(gelu(wide) if activation == 'relu' else relu(wide))"
)
def exchanges_the_activations():
    """You use gelu where relu is asked for, and relu where gelu is.

    Each name stands for the function that bears it.
    """


@exercise.mistake
def takes_anything_else_for_gelu(x, params, activation="relu"):
    """You use gelu for every activation that is not "relu", whatever its name.

    A misspelt name would go unnoticed and train another model than the one that was meant. Raise a
    ValueError for a name that you do not know.
    """
    return feed_forward(x, params, activation="relu" if activation == "relu" else "gelu")


@exercise.mistake
def leaves_out_an_unknown_activation(x, params, activation="relu"):
    """You use no activation at all where its name is unknown to you.

    A misspelt name would go unnoticed, and leave one linear layer of the two. Raise a ValueError
    for a name that you do not know.
    """
    wide = x @ params["w_in"] + params["b_in"]
    wide = relu(wide) if activation == "relu" else gelu(wide) if activation == "gelu" else wide
    return wide @ params["w_out"] + params["b_out"]


@exercise.mistake
def takes_anything_else_for_relu(x, params, activation="relu"):
    """You use relu for every activation that is not "gelu", whatever its name.

    A misspelt name would go unnoticed and train another model than the one that was meant. Raise a
    ValueError for a name that you do not know.
    """
    return feed_forward(x, params, activation="gelu" if activation == "gelu" else "relu")


@exercise.mistake
def leaves_the_refusal_to_the_dict(x, params, activation="relu"):
    """You look an unknown activation up in a dict, and a KeyError comes out.

    It stops, which is good, but the caller is promised a ValueError. Look before you reach into the
    dict, and say which names there are.
    """
    act = {"relu": relu, "gelu": gelu}[activation]
    return act(x @ params["w_in"] + params["b_in"]) @ params["w_out"] + params["b_out"]


@exercise.mistake
def adds_x_already(x, params, activation="relu"):
    """You add x to the result: that is the residual connection, and it comes later.

    The block that calls this function adds x itself, around attention and feed-forward alike. Here
    only the two layers count.
    """
    return x + feed_forward(x, params, activation=activation)
