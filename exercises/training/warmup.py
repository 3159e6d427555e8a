"""Warm-up: small steps at first, then the largest ones, then smaller and smaller ones.

The learning rate says how long a training step is. At the start the weights are random, and so are
the first gradients: long steps would lead anywhere. So the rate begins near 0 and rises in a
straight line for a while, the warm-up. From then on it falls, as 1 / sqrt(step): the closer one has
come, the shorter the steps. The transformer of 2017 was trained like this:

    rate  =  d_model^(-1/2) · min(step^(-1/2), step · warmup_steps^(-3/2))

    d_model = 4, warmup_steps = 4:  1/sqrt(4) = 1/2,  and  4^(-3/2) = 1/8

    step 1:   1/2 · min(1,   1/8)   =  0.0625
    step 2:   1/2 · min(0.71, 1/4)  =  0.125    it rises in a straight line
    step 4:   1/2 · min(1/2, 1/2)   =  0.25     the peak: both are equal
    step 16:  1/2 · min(1/4, 2)     =  0.125    four times the step: half

The smaller of the two is always the one that is meant: the line before the peak, the root after it.
A wider model takes shorter steps, which is what d_model is for. Steps are counted from 1.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade warmup        (stuck? grader hint warmup)
# in the folder of the course.


def warmup_rate(step, d_model, warmup_steps):
    """Return the learning rate of one training step.

    Parameters
    ----------
    step : int
        Which step this is; the first is 1.
    d_model : int
        The width of the model.
    warmup_steps : int
        The step at which the rate is highest, 1 or more.

    Returns
    -------
    rate : number
        Above 0.

    Notes
    -----
    Vaswani et al. 2017, section 5.3.
    """
    raise NotImplementedError
