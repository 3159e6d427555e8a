# slip: the gradient goes to the layer before without the derivative of tanh, grad · wᵀ for grad_u · wᵀ -> checkpointing.passes_on_what_has_not_been_through_tanh
# slip: the gradients are collected in np.zeros, and are float64
import numpy as np


def forward_segments(x, weights, segment):
    inputs = []
    h = x
    for index, w in enumerate(weights):
        if index % segment == 0:
            inputs.append(h)
        h = np.tanh(h @ w)
    return h, tuple(inputs)


def backward_segments(saved, weights, segment, grad):
    grads = [np.zeros(w.shape) for w in weights]
    for number in range(len(saved))[::-1]:
        begin = number * segment
        part = weights[begin:begin + segment]
        hs = [saved[number]]
        for w in part:
            hs.append(np.tanh(hs[-1] @ w))
        for j in range(len(part))[::-1]:
            grad_u = grad * (1 - hs[j + 1] ** 2)
            for place in np.ndindex(grad_u.shape[:-1]):
                grads[begin + j] += np.outer(hs[j][place], grad_u[place])
            grad = grad @ part[j].T
    return grads
