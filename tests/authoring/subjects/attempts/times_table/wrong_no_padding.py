# what: the numbers do not line up.
# names: times_table.does_not_pad
def print_table(size):
    for a in range(1, size + 1):
        print(*[a * b for b in range(1, size + 1)])
