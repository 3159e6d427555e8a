# what: capitals make other words.
# names: word_counts.keeps_capitals
def count_words(text):
    words = text.split()
    return {word: words.count(word) for word in words}
