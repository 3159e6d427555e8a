from collections import Counter


class Bpe:
    def __init__(self, merges=()):
        self.merges = [tuple(pair) for pair in merges]

    def apply(self, ids, k):
        left, right = self.merges[k]
        ids, at = list(ids), 0
        while at < len(ids) - 1:
            if ids[at] == left and ids[at + 1] == right:
                ids[at : at + 2] = [256 + k]
            at += 1
        return ids

    def learn(self, ids, count):
        for k in range(count):
            if len(ids) == 1 or not ids:
                return
            counts = Counter()
            for i in range(1, len(ids)):
                counts[ids[i - 1], ids[i]] += 1
            top = counts.most_common(1)[0][1]
            self.merges.append(sorted(p for p, c in counts.items() if c == top)[0])
            ids = self.apply(ids, k)


def train_merges(text, num_merges):
    bpe = Bpe()
    bpe.learn(list(text.encode("utf-8")), num_merges)
    return bpe.merges


def encode(text, merges):
    bpe = Bpe(merges)
    ids = list(text.encode("utf-8"))
    for k in range(len(merges)):
        ids = bpe.apply(ids, k)
    return ids


def decode(ids, merges):
    vocab = {i: bytes([i]) for i in range(256)}
    for k, (a, b) in enumerate(merges):
        vocab[256 + k] = vocab[a] + vocab[b]
    return b"".join([vocab[i] for i in ids]).decode("utf-8", errors="replace")
