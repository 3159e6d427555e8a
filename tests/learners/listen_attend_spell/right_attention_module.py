import numpy as np

from exercises.attention.attention import attention


def pyramid(x):
    odd = x[..., 1::2, :]
    even = x[..., ::2, :][..., : odd.shape[-2], :]
    pairs = np.stack((even, odd), axis=-2)
    return pairs.reshape(*odd.shape[:-1], -1) if pairs.size else np.concatenate((even, odd), -1)


def attend(state, listened, w_state, w_listened):
    a = w_state.shape[1]
    query = (state @ w_state)[..., np.newaxis, :] * a**0.5
    context, weights = attention(query, listened @ w_listened, listened)
    return context.squeeze(-2), weights.squeeze(-2)
