# what: decodes each token to text by itself and joins the texts, so an é that is cut in two is lost
# names: tokenization.decodes_each_token_alone
from collections import Counter


class Bpe:
    def __init__(self, merges=()):
        self.merges = list(merges)

    @staticmethod
    def apply(ids, pair, new):
        result = list(ids)
        i = 0
        while i < len(result) - 1:
            if (result[i], result[i + 1]) == pair:
                result[i:i + 2] = [new]
            i += 1
        return result

    def train(self, text, count):
        ids = list(text.encode("utf-8"))
        while len(self.merges) < count and len(ids) > 1:
            stats = Counter(zip(ids[:-1], ids[1:]))
            best = sorted(stats.items(), key=lambda item: (-item[1], item[0]))[0][0]
            ids = self.apply(ids, best, 256 + len(self.merges))
            self.merges.append(best)
        return self.merges

    def encode(self, text):
        ids = list(text.encode("utf-8"))
        for k, pair in enumerate(self.merges):
            ids = self.apply(ids, tuple(pair), 256 + k)
        return ids

    def token_bytes(self, token):
        if token < 256:
            return bytes([token])
        a, b = self.merges[token - 256]
        return self.token_bytes(a) + self.token_bytes(b)

    def decode(self, ids):
        return "".join(self.token_bytes(i).decode("utf-8", errors="replace") for i in ids)


def train_merges(text, num_merges):
    return Bpe().train(text, num_merges)


def encode(text, merges):
    return Bpe(merges).encode(text)


def decode(ids, merges):
    return Bpe(merges).decode(ids)
