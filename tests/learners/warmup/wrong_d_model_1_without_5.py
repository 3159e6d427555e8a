# slip: d_model ** -1, without the root -> warmup.divides_by_the_width
# slip: warmup_steps ** -0.5 in the line, so warm-up is far too steep -> warmup.rises_too_steeply
class Schedule:
    """Callable, as Keras has them."""

    def __init__(self, d_model, warmup_steps):
        self.scale = float(d_model) ** -1
        self.warmup_steps = float(warmup_steps)

    def __call__(self, step):
        step = float(step)
        return self.scale * min(step ** -0.5, step * self.warmup_steps ** -0.5)


def warmup_rate(step, d_model, warmup_steps):
    return Schedule(d_model, warmup_steps)(step)
