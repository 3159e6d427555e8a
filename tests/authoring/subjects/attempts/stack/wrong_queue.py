# what: it is a queue.
# names: stack.TakesTheOldest
class Stack:
    def __init__(self, most):
        self.things, self.most = [], most

    def push(self, thing):
        if len(self.things) == self.most:
            raise OverflowError
        self.things.insert(0, thing)

    def pop(self):
        return self.things.pop()

    @property
    def height(self):
        return len(self.things)
