def print_table(size):
    numbers = range(1, size + 1)
    for a in numbers:
        for b in numbers:
            print(str(a * b).rjust(4), end="")
        print()
    return "done"
