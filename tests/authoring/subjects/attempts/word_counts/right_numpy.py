import numpy as np


def count_words(text):
    words, counts = np.unique(text.lower().split(), return_counts=True)
    return dict(zip(words, counts))
