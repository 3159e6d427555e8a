# slip: scores are divided by sqrt(a) -> listen_attend_spell.divides_by_the_root_of_the_width
# slip: of a pair the later frame comes first -> listen_attend_spell.puts_the_later_frame_first
import numpy as np


def pyramid(x):
    half = x.shape[-2] // 2
    return np.concatenate([x[..., 1:2 * half:2, :], x[..., 0:2 * half:2, :]], axis=-1)


def attend(state, listened, w_state, w_listened):
    s = np.einsum("...i,ia->...a", state, w_state)
    l = np.einsum("...ni,ia->...na", listened, w_listened)
    scores = np.einsum("...na,...a->...n", l, s) / w_state.shape[-1] ** 0.5
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.einsum("...n,...nd->...d", weights, listened), weights
