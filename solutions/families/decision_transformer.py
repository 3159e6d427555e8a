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

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.drawing import in_single_precision

exercise = Exercise(
    formulas={
        "returns to go": (
            r"R_t = \textstyle\sum_{s \ge t} r_s: \quad [1, 0, 2, 5] \;\to\; [8, 7, 7, 5]"
        ),
    },
    tags={
        "several_steps": "for one step and wrong for more",
        "late": "where all rewards come at the start and wrong where they come later",
        "wide": "for vectors of one feature and wrong for wider ones",
    },
    hints=[
        "returns_to_go: np.cumsum adds up from the start. From which end is to be added here?",
        "returns_to_go: turn the steps round, add up, turn them back. The steps are the last axis,"
        " whatever stands in front.",
        "interleave: an axis for the three first. np.stack can put it where you want it.",
        "interleave: reshape reads the last axis fastest, then the one before it. Where has the"
        " axis of the three to stand, so that a step's three come one after the other?",
    ],
)


@exercise.reference
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
    return rewards[..., ::-1].cumsum(axis=-1)[..., ::-1]


@exercise.picture
def what_is_still_to_come():
    """The returns to go of a game with a reward of 1 in the steps 2 and 5, and of 3 at the end.

    They stay as they are while nothing is won, and fall by what was.
    """
    rewards = np.array([0.0, 0, 1, 0, 0, 1, 0, 0, 0, 3])
    return [view("return to go", inputs(rewards), columns=range(10))]


@exercise.case(tags=("edge",))
def one_step(rng):
    return inputs(rng.normal(scale=5, size=1).round(1))


@exercise.case
def a_reward_at_the_start_only(rng):
    return inputs(np.append(rng.uniform(1, 9, size=1).round(1), np.zeros(3)))


@exercise.case(points=2, tags=("several_steps", "late"))
def two_steps(rng):
    return inputs(rng.uniform(1, 9, size=2).round(1))


@exercise.case(tags=("several_steps", "late"))
def a_reward_at_the_end_only(rng):
    return inputs(np.append(np.zeros(3), rng.uniform(1, 9, size=1).round(1)))


@exercise.case(points=2, tags=("several_steps", "late"))
def five_steps(rng):
    return inputs(rng.uniform(1, 9, size=5).round(1))


@exercise.case(tags=("several_steps", "late"))
def gains_and_losses(rng):
    return inputs(rng.normal(scale=5, size=6).round(1))


@exercise.case(tags=("several_steps", "late", "batch"))
def several_episodes(rng):
    return inputs(rng.normal(scale=5, size=(2, 4)).round(1))


@exercise.case(tags=("several_steps", "late", "batch"))
def episodes_under_two_batch_axes(rng):
    return inputs(rng.normal(scale=5, size=(2, 3, 4)).round(1))


@exercise.case(tags=("several_steps", "late", "float32"))
def float32_rewards(rng):
    return inputs(rng.uniform(1, 9, size=4).astype(np.float32))


@exercise.case(hidden=True, tags=("several_steps", "late", "batch", "long"))
def long_episodes(rng):
    return inputs(rng.normal(size=(3, 200)))


@exercise.edit("rewards[..., ::-1].cumsum(axis=-1)[..., ::-1]", "rewards.cumsum(axis=-1)")
def adds_up_from_the_start():
    """You add up what has come already, from the start.

    To go means from here to the end: the first number is the sum of all, and the last one is the
    last reward.
    """


@exercise.edit("cumsum(axis=-1)[..., ::-1]", "cumsum(axis=-1)[..., ::-1] - rewards")
def leaves_the_present_reward_out():
    """You leave the present reward out and begin with the next one.

    At the last step the return to go is its own reward, and not 0.
    """


@exercise.edit("cumsum(axis=-1)[..., ::-1]", "cumsum(axis=-1)")
def does_not_turn_back():
    """You add up from the end, and do not turn the sums round again.

    The first number belongs to the first step.
    """


@exercise.mistake
def discounts_by_a_hundredth(rewards):
    """You discount later rewards by 0.99 a step, as reinforcement learning usually does.

    A return to go is a plain sum.
    """
    returns, total = np.zeros_like(rewards), 0
    for t in range(rewards.shape[-1] - 1, -1, -1):
        total = rewards[..., t] + 0.99 * total
        returns[..., t] = total
    return returns


@exercise.mistake
def discounts_by_a_tenth(rewards):
    """You discount later rewards by 0.9 a step. A return to go is a plain sum."""
    returns, total = np.zeros_like(rewards), 0
    for t in range(rewards.shape[-1] - 1, -1, -1):
        total = rewards[..., t] + 0.9 * total
        returns[..., t] = total
    return returns


@exercise.edit("rewards[..., ::-1].cumsum(axis=-1)[..., ::-1]", "rewards[..., ::-1]")
def turns_the_rewards_round_only():
    """You turn the rewards round and do not add them up."""


@exercise.edit(
    "rewards[..., ::-1].cumsum(axis=-1)[..., ::-1]",
    "np.zeros_like(rewards) + rewards.sum(axis=-1, keepdims=True)",
)
def gives_the_whole_return_to_every_step():
    """You give every step the return of the whole episode.

    What has been won already is not to come any more.
    """


@exercise.edit(
    "rewards[..., ::-1].cumsum(axis=-1)[..., ::-1]",
    "rewards + np.append(rewards[..., 1:], 0 * rewards[..., :1], axis=-1)",
)
def looks_one_step_ahead():
    """You add the next reward only. All later ones count."""


@exercise.edit(
    "cumsum(axis=-1)[..., ::-1]",
    "cumsum(axis=-1)[..., ::-1] / np.arange(rewards.shape[-1], 0, -1, dtype=rewards.dtype)",
)
def averages_what_is_to_come():
    """You take the mean of what is to come, and its sum is wanted."""


@exercise.edit(
    "rewards[..., ::-1].cumsum(axis=-1)[..., ::-1]", "rewards[::-1].cumsum(axis=-1)[::-1]"
)
def turns_the_first_axis_round():
    """You turn axis 0 round, which is the steps only where there is one episode.

    In a batch that exchanges episodes, and their rewards are added up from the start.
    """


@exercise.edit(
    "rewards[..., ::-1].cumsum(axis=-1)[..., ::-1]", "rewards[::-1].cumsum(axis=0)[::-1]"
)
def adds_up_along_the_first_axis():
    """You add up along axis 0, which is the steps only where there is one episode.

    In a batch that adds different episodes. The steps are the last axis.
    """


@exercise.edit(
    "rewards[..., ::-1].cumsum(axis=-1)[..., ::-1]",
    "np.flip(np.flip(rewards).cumsum().reshape(rewards.shape))",
)
def runs_episodes_into_each_other():
    """You add up through the whole batch: cumsum without an axis takes it as one long episode."""


@exercise.edit("[..., ::-1].cumsum(axis=-1)[..., ::-1]", "[::-1].cumsum()[::-1]")
def flattens_a_batch():
    """You use cumsum without an axis, which makes one long row of a batch."""


@exercise.mistake
def adds_a_zero_at_the_end(rewards):
    """You put a 0 behind the last return, and there is one number more than there are rewards."""
    returns = returns_to_go(rewards)
    return np.concatenate([returns, 0 * returns[..., :1]], axis=-1)


@exercise.mistake
def adds_up_in_place(rewards):
    """Your returns are right, but you write them into the caller's own rewards.

    `rewards[t] += rewards[t + 1]` changes them. Begin with a copy.
    """
    for t in range(rewards.shape[-1] - 2, -1, -1):
        rewards[..., t] += rewards[..., t + 1]
    return rewards


@exercise.edit("cumsum(axis=-1)[", "cumsum(axis=-1, dtype=np.float64)[")
def keeps_returns_in_double_precision():
    """Your returns are right, but float32 rewards come back as float64.

    np.zeros is float64 unless told otherwise; np.zeros_like asks the array.
    """


@exercise.reference
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
    *batch, n, d = states.shape
    return np.stack([returns, states, actions], axis=-2).reshape(*batch, 3 * n, d)


exercise.equivalent("3 * n", "-3 * n", "reshape finds a negative length itself.")
exercise.equivalent("states.shape", "returns.shape", "All three have one shape.")
exercise.equivalent("states.shape", "actions.shape", "All three have one shape.")


@exercise.picture
def one_step_after_the_other():
    """Four steps: the returns to go fall from 4 to 1, states are -4 and actions 0.

    Each column is a feature, and all of them are alike here.
    """
    call = inputs(np.tile([[4.0], [3], [2], [1]], 4), np.full((4, 4), -4.0), np.zeros((4, 4)))
    return [view("features", call, rows=[f"{kind}{t}" for t in range(4) for kind in "Rsa"])]


def draw_steps(rng, *shape):
    """Draw three vectors for each step."""
    return tuple(rng.normal(size=(3, *shape)).round(1))


@exercise.case(points=2)
def one_step_of_one_feature(rng):
    return inputs(*draw_steps(rng, 1, 1))


@exercise.case(points=2, tags=("several_steps",))
def two_steps_of_one_feature(rng):
    return inputs(*draw_steps(rng, 2, 1))


@exercise.case(tags=("wide",))
def one_step_of_several_features(rng):
    return inputs(*draw_steps(rng, 1, 4))


@exercise.case(points=2, tags=("several_steps", "wide"))
def several_steps_of_several_features(rng):
    return inputs(*draw_steps(rng, 4, 2))


@exercise.case(tags=("several_steps", "wide"))
def three_steps_of_three_features(rng):
    return inputs(*draw_steps(rng, 3, 3))


@exercise.case(tags=("several_steps", "batch"))
def a_batch_of_one_feature(rng):
    return inputs(*draw_steps(rng, 2, 2, 1))


@exercise.case(tags=("several_steps", "batch", "wide"))
def two_batch_axes_of_steps(rng):
    return inputs(*draw_steps(rng, 2, 3, 2, 4))


@exercise.case(tags=("several_steps", "wide", "float32"))
def float32_steps(rng):
    return inputs(*in_single_precision(draw_steps(rng, 3, 2)))


@exercise.case(hidden=True, tags=("several_steps", "wide", "batch", "long"))
def a_batch_of_long_games(rng):
    return inputs(*draw_steps(rng, 2, 30, 8))


@exercise.edit(
    "np.stack([returns, states, actions], axis=-2).reshape(*batch, 3 * n, d)",
    "np.concatenate([returns, states, actions], axis=-2)",
)
def puts_one_kind_behind_the_other():
    """You put all returns first, then all states, then all actions.

    So does a reshape, if the axis of the three stands in front of that of the steps. A state would
    be far from its own action, and see later returns. Go step by step: return, state, action.
    """


@exercise.edit(
    "np.stack([returns, states, actions], axis=-2).reshape(*batch, 3 * n, d)",
    "np.concatenate([returns, states, actions], axis=-1)",
)
def puts_a_step_into_one_vector():
    """You put the three of a step side by side, in one vector of 3 d features.

    Each is a position of its own: 3 n vectors of d.
    """


@exercise.edit("axis=-2).reshape", "axis=-1).reshape")
def mixes_features_of_the_three():
    """You stack the three behind the features, and reshape mixes features of all three.

    The axis of the three belongs between steps and features.
    """


@exercise.edit("axis=-2).reshape", "axis=0).reshape")
def stacks_along_the_first_axis():
    """You stack the three along axis 0, and reshape reads one kind after the other.

    With a batch it mixes episodes as well. The axis of the three belongs behind that of the steps.
    """


@exercise.edit("axis=-2).reshape", "axis=1).reshape")
def stacks_along_axis_one():
    """You stack the three along axis 1, which is behind the steps only where there is no batch.

    In a batch it is in front of them, and one kind comes behind the other. Count from the end.
    """


@exercise.mistake
def wants_one_batch_axis(returns, states, actions):
    """You take the shape apart into three lengths: batch, steps, features.

    There may be no batch axis, or two. Count from the end, and let the rest be what it is.
    """
    batch, n, d = states.shape
    stacked = np.stack([returns, states, actions], axis=1)
    return stacked.transpose(0, 2, 1, 3).reshape(batch, 3 * n, d)


@exercise.edit("[returns, states, actions]", "[states, actions, returns]")
def puts_the_state_first():
    """You begin each step with its state. The order is return, state, action."""


@exercise.edit("[returns, states, actions]", "[states, returns, actions]")
def puts_the_return_second():
    """You put the state before the return. The order is return, state, action."""


@exercise.edit("[returns, states, actions]", "[returns, actions, states]")
def puts_the_action_before_the_state():
    """You put the action before the state, which then could see what it is to predict.

    The order is return, state, action.
    """


@exercise.edit("[returns, states, actions]", "[actions, states, returns]")
def turns_a_step_round():
    """You have each step the wrong way round. The order is return, state, action."""


@exercise.edit("*batch, 3 * n, d", "-1, d")
def runs_games_together():
    """You make one long sequence of all in the batch. The batch axes stay as they are."""


@exercise.edit(".reshape(*batch, 3 * n, d)", "")
def keeps_an_axis_for_the_three():
    """You leave the three on an axis of their own: (..., n, 3, d).

    They are to be positions of one sequence.
    """


@exercise.edit("3 * n, d)", "3 * n, d)[..., :-1, :]")
def drops_the_last_action():
    """You drop the last action.

    Nothing is predicted from it, but 3 n vectors are wanted.
    """


@exercise.edit(
    "np.stack([returns, states, actions], axis=-2).reshape(*batch, 3 * n, d)",
    "returns + states + actions",
)
def adds_the_three():
    """You add the three of a step. Each is a position of its own."""


@exercise.edit("3 * n, d)", "3 * n, d).astype(np.float64)")
def loses_single_precision():
    """Your sequence is right, but float32 comes back as float64.

    np.zeros and np.empty are float64 unless told otherwise.
    """
