"""An auto-grader for array programs: it names the mistake, and never shares a process with it."""

__version__ = "0.1.0"


def __getattr__(name):  # type: ignore[no-untyped-def]
    # For notebooks; everything else, the learner's side above all, does not wait for it.
    if name in ("check", "show"):
        from grader.notebooks import kernel

        return getattr(kernel, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def load_ipython_extension(ipython):  # type: ignore[no-untyped-def]
    """Do what `%load_ext grader` asks for: `%%grade NAME`, and imports of earlier exercises."""
    from grader.notebooks.kernel import extend

    extend(ipython)
