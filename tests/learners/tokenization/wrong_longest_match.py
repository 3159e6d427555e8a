# what: encodes by the longest token that fits
# names: tokenization.takes_the_longest_token
def merge(ids, pair, new_id):
    out = []
    i = 0
    while i < len(ids):
        if i + 1 < len(ids) and ids[i] == pair[0] and ids[i + 1] == pair[1]:
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return out


def train_merges(text, num_merges):
    ids = list(text.encode("utf-8"))
    merges = []
    for k in range(num_merges):
        counts = {}
        for pair in zip(ids, ids[1:]):
            counts[pair] = counts.get(pair, 0) + 1
        if not counts:
            break
        best = max(counts.values())
        pair = min(p for p in counts if counts[p] == best)
        merges.append(pair)
        ids = merge(ids, pair, 256 + k)
    return merges


def encode(text, merges):
    vocab = {bytes([i]): i for i in range(256)}
    words = [bytes([i]) for i in range(256)]
    for a, b in merges:
        word = words[a] + words[b]
        vocab.setdefault(word, len(words))
        words.append(word)
    data = text.encode("utf-8")
    ids, i = [], 0
    while i < len(data):
        j = len(data)
        while data[i:j] not in vocab:
            j -= 1
        ids.append(vocab[data[i:j]])
        i = j
    return ids


def decode(ids, merges):
    vocab = {i: bytes([i]) for i in range(256)}
    for k, (a, b) in enumerate(merges):
        vocab[256 + k] = vocab[a] + vocab[b]
    return b"".join([vocab[i] for i in ids]).decode("utf-8", errors="replace")
