# what: the table is returned and not printed.
def print_table(size):
    return "".join(f"{n:4d}" for n in range(size))
