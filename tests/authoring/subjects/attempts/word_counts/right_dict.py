def count_words(text):
    counts = {}
    for word in sorted(text.casefold().split()):
        counts[word] = counts.get(word, 0) + 1
    return counts
