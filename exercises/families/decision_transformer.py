"""Decision transformer: it chooses actions as a language model chooses words.

An agent sees a state, acts, and gets a reward, again and again. Usually it learns what each action
is worth. A decision transformer reads games that were played, as if they were texts, and learns to
predict which action comes next. How good the player was stands in front of each state: the return
to go, which is the sum of the rewards that are still to come. The present one counts, and nothing
is discounted.

    rewards         [1, 0, 2, 5]
    returns to go   [8, 7, 7, 5]            2 + 5 = 7 from the third step on

In training that is known, since the game is over. In use it is asked for: what would a player do
now who gets 8 from here on? After each step, the reward received is taken off.

Of every step there are three vectors, and they become one sequence in this order:

    R_0 s_0 a_0 R_1 s_1 a_1 R_2 ...     return, state, action; then the next

    rewards, returns to go     (..., n)
    returns, states, actions   (..., n, d)      embedded already, one vector each
    sequence                   (..., 3 n, d)

With a causal mask the position of a state sees its return, the state and all that came before, and
not yet the action that was taken: that is what it has to predict. So the action comes last.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade decision_transformer        (stuck? grader hint decision_transformer)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def returns_to_go(rewards):
    """Sum up what is still to come at each step.

    Parameters
    ----------
    rewards : (..., n)
        One for each step of an episode.

    Returns
    -------
    returns : (..., n)
        The present reward and all later ones, undiscounted.

    Notes
    -----
    Source: Chen et al. 2021, section 3.
    """
    raise NotImplementedError


def interleave(returns, states, actions):
    """Make one sequence of the returns, the states and the actions.

    Parameters
    ----------
    returns, states, actions : (..., n, d)
        One vector of each for every step.

    Returns
    -------
    sequence : (..., 3 n, d)
        Return, state and action of the first step, then those of the second, and so on.

    Notes
    -----
    Source: Chen et al. 2021, section 3.
    """
    raise NotImplementedError
