import numpy as np

from exercises.attention.softmax import softmax


def pyramid(x):
    """Collect pairs of one recording, and recordings one by one."""
    if x.ndim > 2:
        return np.array([pyramid(each) for each in x])
    rows = [np.hstack((x[i], x[i + 1])) for i in range(0, len(x) - 1, 2)]
    return np.array(rows, dtype=x.dtype).reshape(len(rows), 2 * x.shape[1])


def attend(state, listened, w_state, w_listened):
    """Bring the state into the space of the frames, and project nothing there."""
    asked = state @ (w_state @ w_listened.T)
    scores = np.matmul(listened, np.expand_dims(asked, -1)).squeeze(-1)
    weights = softmax(scores, axis=-1)
    context = np.matmul(np.expand_dims(weights, -2), listened).squeeze(-2)
    return context, weights
