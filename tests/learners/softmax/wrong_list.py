# what: returns a nested list, not an array
import numpy as np


def softmax(scores, axis=-1):
    def one_row(row):
        top = max(row)
        exps = [np.exp(s - top) for s in row]
        total = sum(exps)
        return [float(e / total) for e in exps]

    def walk(x):
        return one_row(x) if x.ndim == 1 else [walk(part) for part in x]

    result = walk(np.moveaxis(scores, axis, -1))
    return np.moveaxis(np.array(result), -1, axis).tolist()
