"""Graph attention: each node looks at its neighbours, and at nobody else.

A graph has nodes and edges: papers and whom they cite, atoms and their bonds. It has no order, and
every node has as many neighbours as it has. Attention copes with that, for the graph is its mask.

    h        =  x w                                        all nodes, projected
    e[i, j]  =  leaky_relu(a_target · h_i + a_source · h_j)   i gathers, j gives
    weights  =  softmax of e[i, j] over the j that node i gathers from
    result   =  weights · h

    leaky_relu(z)  =  z where z > 0,  slope * z elsewhere

    a_target = [0], a_source = [1], h = [[1], [2], [4]], node 0 gathers from 1, 2:
    e = [2, 4]   ->   weights [0.12, 0.88]   ->   0.12 * 2 + 0.88 * 4  =  3.76

    x (n, d_in)   w (d_in, d_out)   a_source, a_target (d_out,)   result (n, d_out)
    adjacency     bool (n, n): True at [i, j] where node i gathers from node j

There is no dot product of two nodes here: each node has a number as a giver and one as a gatherer,
and they are added. Softmax takes no notice of what is the same for all j; so a_target would have
no effect at all, were it not for leaky_relu around the sum.

A node is no neighbour of its own unless the graph says so, and who has no neighbours gets zeros.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.masking import masked_softmax
from solutions.attention.softmax import softmax
from solutions.drawing import in_single_precision

exercise = Exercise(
    formulas={
        "h ": r"h &= x W",
        "e[i, j]": (
            r"e_{ij} &= \text{leaky\_relu}\left(a_\text{target} \cdot h_i"
            r" + a_\text{source} \cdot h_j\right)"
        ),
        "weights ": (
            r"\alpha_{ij} &= \frac{\exp(e_{ij})}{\sum_{k \in N_i} \exp(e_{ik})},"
            r" \quad j \in N_i"
        ),
        "result ": r"\text{result}_i &= \textstyle\sum_{j \in N_i} \alpha_{ij} h_j",
    },
    tags={
        "scored": "where all neighbours count alike and wrong where scores differ",
        "bent": "where no score is below zero and wrong where one is",
        "one_way": "unless an edge leads one way only",
        "lonely": "unless a node has no neighbours",
    },
    hints=[
        "Project all nodes first. Then h @ a_source is one number for each node, and so is"
        " h @ a_target.",
        "A column of numbers and a row of numbers add up to a table. Which of the two belongs to"
        " the node that gathers, the row of adjacency?",
        "leaky_relu is np.where with two values. It stands around the sum, before the softmax.",
        "Your masked_softmax has done the rest before: adjacency is a mask, and a node without"
        " neighbours is a row that may attend to nothing.",
    ],
)


@exercise.reference
def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    """Let every node gather from its neighbours.

    Parameters
    ----------
    x : (n, d_in)
        The features of the nodes.
    adjacency : bool (n, n)
        True at [i, j] where node i gathers from node j.
    w : (d_in, d_out)
        Weights of the projection.
    a_source : (d_out,)
        Scores a node as one that is gathered from.
    a_target : (d_out,)
        Scores a node as the one that gathers.
    slope : float
        What leaky_relu multiplies numbers below 0 with.

    Returns
    -------
    result : (n, d_out)
        Projected neighbours, weighted; zeros for a node without neighbours. No activation follows.

    Notes
    -----
    Source: Veličković et al. 2018, section 2.1, whose one vector `a` is a_target, a_source.
    """
    h = x @ w
    scores = (h @ a_target)[:, None] + h @ a_source  # (n, n)
    scores = np.where(scores > 0, scores, slope * scores)
    return masked_softmax(scores, adjacency) @ h


exercise.equivalent("scores > 0", "scores >= 0", "At 0 both sides are 0.")


@exercise.picture
def who_listens_to_whom():
    """A row for each of five people, and what they take from the others (columns).

    Cleo is much listened to, by whoever knows her. Who knows one person only takes all from that
    one. Nobody takes anything from themselves, and Eve, who knows nobody, takes nothing.
    """
    names = ("ann", "bob", "cleo", "dan", "eve")
    knows = np.zeros((5, 5), dtype=bool)
    for one, others in enumerate([(1, 2), (0, 2, 3), (0, 1), (1,)]):
        knows[one, list(others)] = True
    source = np.array([0.5, 0.0, 1.5, -1.0, 0.5])
    call = inputs(np.eye(5), knows, np.eye(5), source, np.zeros(5))
    return [view("weights", call, rows=names, columns=names)]


def draw_graph(rng, n, count):
    """Draw for each node whom it gathers from: `count` others."""
    rows = rng.permuted(np.tile(np.arange(n - 1) < count, (n, 1)), axis=-1)
    graph = np.zeros((n, n), dtype=bool)
    graph[~np.eye(n, dtype=bool)] = rows.ravel()
    return graph


def draw_ring(rng, n):
    """Draw a ring along which every node gathers from the next one."""
    order = rng.permutation(n)
    return np.roll(np.eye(n, dtype=bool), 1, axis=0)[order][:, order]


def draw_both_ways(rng, n):
    """Draw a ring along which every edge leads both ways."""
    ring = draw_ring(rng, n)
    return ring | ring.T


def draw_positive(rng, *shape):
    """Draw numbers above 0, so that no score is below 0."""
    return rng.uniform(0.2, 2.0, size=shape).round(1)


def draw_signed(rng, n):
    """Draw nodes with numbers of both signs: the dot product of every second one is below 0."""
    x = np.stack([rng.uniform(1.0, 2.0, size=n), rng.uniform(-0.3, -0.1, size=n)], axis=-1)
    return x.round(1) * np.where(np.arange(n) % 2, -1, 1)[:, None]


@exercise.case(points=2)
def neighbours_that_count_alike(rng):
    x = rng.normal(size=(4, 2)).round(1)
    return inputs(x, draw_both_ways(rng, 4), np.eye(2), np.zeros(2), np.zeros(2))


@exercise.case(tags=("oblong",))
def a_projection_to_more_features(rng):
    x, w = rng.normal(size=(4, 2)).round(1), rng.normal(size=(2, 3)).round(1)
    return inputs(x, draw_both_ways(rng, 4), w, np.zeros(3), np.zeros(3))


@exercise.case
def a_projection_to_as_many_features(rng):
    x, w = rng.normal(size=(2, 3, 3)).round(1)
    return inputs(x, draw_both_ways(rng, 3), w, np.zeros(3), np.zeros(3))


@exercise.case(points=2, tags=("scored",))
def some_nodes_give_more(rng):
    x, a_source = draw_positive(rng, 5, 2), draw_positive(rng, 2)
    return inputs(x, draw_both_ways(rng, 5), np.eye(2), a_source, np.zeros(2))


@exercise.case(tags=("scored",))
def some_nodes_want_more(rng):
    x, a_target = draw_positive(rng, 5, 2), draw_positive(rng, 2)
    return inputs(x, draw_both_ways(rng, 5), np.eye(2), np.zeros(2), a_target)


@exercise.case(tags=("one_way",))
def edges_in_one_direction(rng):
    x = rng.normal(size=(4, 2)).round(1)
    return inputs(x, draw_ring(rng, 4), np.eye(2), np.zeros(2), np.zeros(2))


@exercise.case
def some_nodes_are_their_own_neighbours(rng):
    graph = draw_both_ways(rng, 4) | np.diag(rng.permutation([True, True, False, False]))
    return inputs(rng.normal(size=(4, 2)).round(1), graph, np.eye(2), np.zeros(2), np.zeros(2))


@exercise.case(points=2, tags=("scored", "bent"))
def some_scores_are_below_zero(rng):
    x, a_source = draw_signed(rng, 5), 1 + draw_positive(rng, 2)
    return inputs(x, draw_both_ways(rng, 5), np.eye(2), a_source, np.zeros(2))


@exercise.case(tags=("scored", "bent"))
def both_nodes_of_an_edge_are_scored(rng):
    x, a_source, a_target = draw_signed(rng, 5), *(1 + draw_positive(rng, 2, 2))
    return inputs(x, draw_both_ways(rng, 5), np.eye(2), a_source, -a_target)


@exercise.case(tags=("scored", "bent", "option"))
def a_slope_other_than_the_default(rng):
    x, a_source = draw_signed(rng, 5), 1 + draw_positive(rng, 2)
    return inputs(x, draw_both_ways(rng, 5), np.eye(2), a_source, np.zeros(2), slope=0.6)


@exercise.case(tags=("lonely",))
def a_node_without_neighbours(rng):
    graph = draw_both_ways(rng, 4)
    graph[rng.integers(4)] = False
    return inputs(rng.normal(size=(4, 2)).round(1), graph, np.eye(2), np.zeros(2), np.zeros(2))


@exercise.case(tags=("edge", "lonely"))
def one_node_alone(rng):
    arrays = rng.normal(size=(1, 2)), np.zeros((1, 1), dtype=bool), rng.normal(size=(2, 2))
    return inputs(*arrays, *rng.normal(size=(2, 2)))


@exercise.case(tags=("scored", "large"))
def scores_around_one_thousand(rng):
    x, a_source = draw_positive(rng, 4, 2), 500 + 5 * draw_positive(rng, 2)
    x[:, 1] = 2 - x[:, 0]
    return inputs(x, draw_both_ways(rng, 4), np.eye(2), a_source, np.zeros(2))


@exercise.case(tags=("float32", "oblong", "scored", "bent"))
def float32_nodes(rng):
    x, w, a = rng.normal(size=(4, 2)), rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    x, w, a = in_single_precision([x, w, a])
    return inputs(x, draw_both_ways(rng, 4), w, *a)


@exercise.case(tags=("scored", "bent", "one_way", "oblong", "lonely"))
def everything_at_once(rng):
    x, w, a = rng.normal(size=(5, 4)), rng.normal(size=(4, 3)), 2 * rng.normal(size=(2, 3))
    graph = draw_graph(rng, 5, 2)
    graph[rng.integers(5)] = False
    return inputs(x.round(1), graph, w.round(1), *a.round(1))


@exercise.case(hidden=True, tags=("scored", "bent", "one_way", "oblong", "option"))
def a_larger_graph(rng):
    x, w, a = rng.normal(size=(30, 8)), rng.normal(size=(8, 5)), rng.normal(size=(2, 5))
    return inputs(x, rng.random((30, 30)) < 0.2, w, *a, slope=0.05)


@exercise.edit("(scores, adjacency)", "(scores, adjacency | np.eye(len(x), dtype=bool))")
def adds_self_loops():
    """You let every node gather from itself too.

    The paper's graphs have such loops already. Here the graph says who is whose neighbour: where a
    node is its own, adjacency has True on the diagonal.
    """


@exercise.edit("(scores, adjacency)", "(scores, adjacency.T)")
def follows_edges_backwards():
    """You transpose adjacency, so that node j gathers from node i.

    Row i says whom node i gathers from, and its weights sum to 1.
    """


@exercise.edit(
    "masked_softmax(scores, adjacency) @ h", "masked_softmax(scores.T, adjacency.T).T @ h"
)
def normalises_over_those_who_gather():
    """You take softmax over i, the nodes that gather, so that the columns sum to 1.

    Then each node shares itself out. It is the gatherer who shares out its attention: every row
    sums to 1.
    """


@exercise.edit("(h @ a_target)[:, None] + h @ a_source", "(h @ a_source)[:, None] + h @ a_target")
def exchanges_source_and_target():
    """You score the one who gathers with a_source, and those who give with a_target.

    In row i and column j, node i is the target, which gathers from the source j.
    """


@exercise.edit("(scores, adjacency)", "(scores, adjacency | adjacency.T)")
def takes_edges_both_ways():
    """You let both nodes of an edge gather from each other.

    An edge may lead one way only: True at [i, j] says that i gathers from j.
    """


@exercise.edit("(scores, adjacency) @ h", "(scores, adjacency).T @ h")
def hands_out_in_the_place_of_gathering():
    """You transpose the weights, so that each node hands itself out to those it should gather from.

    Row i of the weights says what node i takes from whom.
    """


@exercise.edit("(h @ a_target)[:, None] + h @ a_source", "h @ h.T")
def compares_nodes_by_dot_products():
    """You take dot products of the nodes, as a transformer does, and never use the two vectors.

    Here an edge has the sum of two numbers, one for each of its nodes.
    """


@exercise.edit("adjacency) @ h", "adjacency) @ h + h")
def adds_the_node_itself():
    """You add the node's own features, as a residual does. Only what it gathers is wanted."""


@exercise.edit("h @ a_target", "h @ a_source")
def forgets_a_target():
    """You score both nodes of an edge with a_source, and never use a_target."""


@exercise.edit("scores = np.where(scores > 0, scores, slope * scores)", "scores = scores + 0")
def leaves_leaky_relu_out():
    """You take the sums for the scores, and leave leaky_relu out.

    Without it a_target has no effect: softmax takes no notice of what a whole row has in common.
    """


@exercise.edit("slope * scores", "0 * scores")
def cuts_off_below_zero():
    """You use relu, which makes every score below 0 equal. leaky_relu multiplies it by slope."""


@exercise.edit("slope * scores", "0.2 * scores")
def fixes_the_slope():
    """You always use 0.2, whatever slope the caller asks for."""


@exercise.edit("slope * scores", "0.01 * scores")
def takes_the_slope_of_torch():
    """You use a slope of 0.01, which is the default of PyTorch's leaky_relu.

    Graph attention has 0.2, and slope says so.
    """


@exercise.edit(
    "np.where(scores > 0, scores, slope * scores)", "np.where(scores > 0, slope * scores, scores)"
)
def bends_the_wrong_side():
    """You multiply the numbers above 0 by slope. It is those below that are made smaller."""


@exercise.edit("slope * scores", "-slope * scores")
def turns_scores_up():
    """You have a minus before slope, and numbers below 0 become positive."""


@exercise.mistake
def bends_before_it_adds(x, adjacency, w, a_source, a_target, slope=0.2):
    """Your a_target has no effect: it is left out, or leaky_relu stands around each of two numbers.

    Softmax takes no notice of what a whole row has in common. It is the sum of the two numbers that
    leaky_relu stands around.
    """
    h = x @ w
    target, source = (np.where(z > 0, z, slope * z) for z in (h @ a_target, h @ a_source))
    return masked_softmax(target[:, None] + source, adjacency) @ h


@exercise.mistake
def bends_before_the_dot_product(x, adjacency, w, a_source, a_target, slope=0.2):
    """You put leaky_relu around the features, before their dot product with a_source and a_target.

    That is close to GATv2, a later model. Here it stands around the sum of the two numbers.
    """
    h = x @ w
    bent = np.where(h > 0, h, slope * h)
    return masked_softmax((bent @ a_target)[:, None] + bent @ a_source, adjacency) @ h


@exercise.edit("(h @ a_target)[:, None] + h @ a_source", "(h @ a_target)[:, None] * (h @ a_source)")
def multiplies_the_two_numbers():
    """You multiply the two numbers of an edge. They are added."""


@exercise.edit("slope * scores)", "slope * scores) / len(a_source) ** 0.5")
def divides_by_the_root_of_the_width():
    """You divide the scores by the square root of the width.

    Scaled dot products are divided. Here the scores are sums, and nothing is.
    """


@exercise.edit("masked_softmax(scores, adjacency) @ h", "(softmax(scores) * adjacency) @ h")
def hides_after_softmax():
    """You take softmax over all nodes and set the weights of the others to 0 afterwards.

    They have taken their share by then, and what is left sums to less than 1. Hide scores before
    the softmax.
    """


@exercise.edit("masked_softmax(scores, adjacency) @ h", "softmax(scores * adjacency) @ h")
def hides_with_a_zero():
    """You give nodes that are no neighbours a score of 0, and exp(0) is 1.

    They get weight all the same. Only minus infinity hides a score.
    """


@exercise.edit(
    "masked_softmax(scores, adjacency) @ h",
    "softmax(np.where(adjacency, scores, scores.dtype.type(-9e15))) @ h",
)
def gathers_from_all_where_there_is_nobody():
    """You let a node without neighbours gather from all nodes alike.

    That is what a very low score in the place of each missing edge comes to, as -9e15 in well-known
    code. Who has no neighbours gets zeros.
    """


@exercise.mistake
def makes_nan_of_a_lonely_node(x, adjacency, w, a_source, a_target, slope=0.2):
    """You get nan for a node without neighbours: its scores are all minus infinity.

    Softmax of such a row is 0 / 0. Who has no neighbours gets zeros; masked_softmax knows that.
    """
    h = x @ w
    scores = (h @ a_target)[:, None] + h @ a_source
    scores = np.where(scores > 0, scores, slope * scores)
    with np.errstate(invalid="ignore"):
        return softmax(np.where(adjacency, scores, scores.dtype.type(-np.inf))) @ h


@exercise.mistake
def keeps_a_lonely_node(x, adjacency, w, a_source, a_target, slope=0.2):
    """You let a node without neighbours keep its own features.

    That is a loop which the graph does not have. Who has no neighbours gets zeros.
    """
    result = graph_attention(x, adjacency, w, a_source, a_target, slope=slope)
    return np.where(adjacency.any(axis=-1, keepdims=True), result, x @ w)


@exercise.edit("(scores, adjacency)", "(scores, None)")
def ignores_the_graph():
    """You let every node gather from all. adjacency says whom it may look at."""


@exercise.edit(
    "masked_softmax(scores, adjacency) @ h",
    "(adjacency / np.maximum(adjacency.sum(axis=-1, keepdims=True), 1)).astype(x.dtype) @ h",
)
def takes_the_plain_mean():
    """You take the plain mean of the neighbours. Attention weighs them by their scores."""


@exercise.edit("masked_softmax(scores, adjacency) @ h", "adjacency.astype(x.dtype) @ h")
def adds_neighbours_up():
    """You add the neighbours up. They are weighted, and each node's weights sum to 1."""


@exercise.edit("x @ w", "x @ w.T")
def transposes_the_projection():
    """You multiply by the transposed w, as in PyTorch, where a layer keeps (out, in).

    Here a layer is x @ w. In a square one no shape complains.
    """


@exercise.edit("adjacency) @ h", "adjacency) @ x")
def gathers_what_is_not_projected():
    """You gather x, and h is to be gathered: what is given has been projected."""


@exercise.edit(
    "return masked_softmax(scores, adjacency) @ h", "return masked_softmax(scores, adjacency)"
)
def returns_the_weights():
    """You return the weights. They are still to be multiplied by h."""


@exercise.mistake
def bends_the_result(x, adjacency, w, a_source, a_target, slope=0.2):
    """You put an elu around the result, as the paper does between its layers.

    Here no activation follows; whoever stacks layers puts one between them.
    """
    result = graph_attention(x, adjacency, w, a_source, a_target, slope=slope)
    return np.where(result > 0, result, np.expm1(np.minimum(result, 0)))


@exercise.edit(
    "masked_softmax(scores, adjacency) @ h", "np.maximum(masked_softmax(scores, adjacency) @ h, 0)"
)
def cuts_off_the_result():
    """You put a relu around the result. Here no activation follows."""


@exercise.edit("slope * scores", "np.float64(slope) * scores")
def loses_single_precision():
    """Your result is right, but float32 comes back as float64.

    Something on the way is float64: a number of NumPy's, or an array made without a dtype.
    """
