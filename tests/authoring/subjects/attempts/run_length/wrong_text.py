# what: the runs are written as a text.
def encode(text):
    return "".join(f"{character}{text.count(character)}" for character in dict.fromkeys(text))
