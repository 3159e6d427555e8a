# slip: every step gets the whole return -> decision_transformer.gives_the_whole_return_to_every_step
# slip: one vector for the three of a step -> decision_transformer.puts_a_step_into_one_vector
import numpy as np


def returns_to_go(rewards):
    return np.broadcast_to(rewards.sum(axis=-1, keepdims=True), rewards.shape).copy()


def interleave(returns, states, actions):
    return np.concatenate([returns, states, actions], axis=-1)
