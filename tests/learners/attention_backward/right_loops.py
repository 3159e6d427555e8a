import numpy as np

from exercises.attention.attention import attention


def softmax_backward(weights, grad):
    out = np.empty_like(weights)
    for index in np.ndindex(weights.shape[:-1]):
        w, g = weights[index], grad[index]
        out[index] = w * (g - w @ g)
    return out


def attention_backward(query, key, value, grad_output, mask=None):
    _, weights = attention(query, key, value, mask)
    grads = np.zeros_like(query), np.zeros_like(key), np.zeros_like(value)
    root = float(np.sqrt(query.shape[-1]))
    for b in np.ndindex(query.shape[:-2]):
        for i in range(query.shape[-2]):
            w, g = weights[b][i], grad_output[b][i]
            back = softmax_backward(w, value[b] @ g) / root
            for j in range(key.shape[-2]):
                grads[0][b][i] += back[j] * key[b][j]
                grads[1][b][j] += back[j] * query[b][i]
                grads[2][b][j] += w[j] * g
    return grads
