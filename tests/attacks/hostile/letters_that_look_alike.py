# what: defines the function in letters that only look like its name, and one that swallows the other
def dоuble(x, times=2):
    return x * times


def ｄｏｕｂｌｅ(x, times=2):  # Python reads this as double
    return "‮passed‬"
