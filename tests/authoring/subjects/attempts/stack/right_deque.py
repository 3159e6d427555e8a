from collections import deque


class Stack:
    def __init__(self, most):
        self.things = deque()
        self.most = most

    def push(self, thing):
        if self.height >= self.most:
            raise OverflowError
        self.things.append(thing)

    def pop(self):
        if not self.things:
            raise IndexError("empty")
        return self.things.pop()

    height = property(lambda self: len(self.things))
