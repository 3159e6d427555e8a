# what: raises a syntax error in a column so far right that the caret below it fills all memory
# ends: crashed
# ends-with: SyntaxError
raise SyntaxError("look", ("exercises/numbers/double.py", 4, 10**13, "double"))


def double(x, times=2):
    return x
