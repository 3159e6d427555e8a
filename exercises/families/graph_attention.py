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

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade graph_attention        (stuck? grader hint graph_attention)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.attention.masking import masked_softmax


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
    raise NotImplementedError
