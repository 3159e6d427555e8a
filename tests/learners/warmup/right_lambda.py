warmup_rate = lambda step, d_model, warmup_steps: (  # noqa: E731
    sorted([step**-0.5, step / warmup_steps**1.5])[0] / d_model**0.5
)
