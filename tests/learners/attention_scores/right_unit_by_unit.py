import math

import numpy as np


class Scores:
    def __init__(self, query, key):
        self.query, self.key = query, key

    def empty(self):
        return np.zeros(self.query.shape[:-1] + self.key.shape[-2:-1], self.query.dtype)

    def dot(self):
        total = self.empty()
        for i in range(self.query.shape[-1]):
            total += self.query[..., :, None, i] * self.key[..., None, :, i]
        return total

    def additive(self, w_query, w_key, v):
        total = self.empty()
        for i in range(len(v)):
            q, k = self.query @ w_query[:, i], self.key @ w_key[:, i]
            total += v[i] * np.tanh(q[..., :, None] + k[..., None, :])
        return total


def dot_scores(query, key):
    return Scores(query, key).dot()


def scaled_dot_scores(query, key):
    scores = Scores(query, key).dot()
    scores /= math.sqrt(query.shape[-1])
    return scores


def additive_scores(query, key, w_query, w_key, v):
    return Scores(query, key).additive(w_query, w_key, v)
