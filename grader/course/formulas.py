"""What TeX may do in a formula: what is typeset on a page may also link, load and define there."""

from __future__ import annotations

import re

# Sources: the extensions of MathJax (docs.mathjax.org, "TeX and LaTeX extensions"), and the
# commands that KaTeX does where it trusts its input (katex.org/docs/options, "trust").
_BEYOND = re.compile(
    r"(\\(?:href|url|html\w*|includegraphics|class|cssId|style|data|mmlToken|require|bbox"
    r"|texttip|mathtip|toggle))\s*[{\[]"  # a path of Windows may have such words, and no brace
    r"|(\\(?:[egx]?def|(?:future)?let|(?:re)?new(?:command|environment)|providecommand"
    r"|Declare\w*))\s*[{\\]|(\\csname)(?![a-zA-Z])"
)


def beyond_formulas(tex: str) -> str:
    """Return the first command that does more than to set signs, or nothing."""
    found = _BEYOND.search(tex)
    return found[found.lastindex or 0] if found else ""
