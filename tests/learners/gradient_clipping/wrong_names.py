# what: a loop over the dict, which gives names
# slip: the names of the dict for what belongs to them -> `.values()` gives what they stand for
import math


def global_norm(grads):
    return math.sqrt(sum((g ** 2).sum() for g in grads))


def clip_by_global_norm(grads, max_norm):
    factor = min(1.0, max_norm / (global_norm(grads) + 1e-6))
    return {k: g * factor for k, g in grads.items()}
