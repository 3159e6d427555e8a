# slip: adds 1e-9 before the logarithm, so nothing goes below -20.7
# slip: the loss is 0 where no target counts -> next_token.calls_nothing_a_loss_of_zero
# released: log_probabilities is called with all rows in one table
import numpy as np

EPS = 1e-9


def log_probabilities(logits):
    e = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    p = e / np.sum(e, axis=-1, keepdims=True)
    return np.minimum(np.log(p + EPS), 0)


def cross_entropy(logits, targets, ignore_id=-100):
    flat_logits = logits.reshape(-1, logits.shape[-1])
    flat_targets = np.reshape(targets, -1)
    log_p = log_probabilities(flat_logits)
    total = log_p.dtype.type(0)
    count = 0
    for row, t in zip(log_p, flat_targets):
        if t != ignore_id:
            total = total - row[t]
            count += 1
    return total / max(count, 1)
