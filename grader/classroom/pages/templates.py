"""Pages from templates: whatever did not come from here is escaped, and readable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.present.class_text import ANSWER_WORDS, HEADINGS, counted, duration, in_words, reasons
from grader.present.prose_html import prose_html
from grader.present.readable import readable
from grader.present.report_outline import CHECK_WORDS, spoken
from grader.present.style import points

TEMPLATES = Path(__file__).parent / "templates"
STYLE = "style.css"
_CHECK_WORDS = {outcome.value: words for outcome, words in CHECK_WORDS.items()}


class Templates:
    """Renders pages.

    Raises
    ------
    UsageError
        Jinja2 is not installed.
    """

    def __init__(self) -> None:
        try:
            from jinja2 import Environment, FileSystemLoader, StrictUndefined
            from markupsafe import Markup
        except ImportError as error:
            raise UsageError(
                "these pages are made by Jinja2, which is not installed",
                next="Install it: pip install 'attention-course[class]'",
            ) from error
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
            undefined=StrictUndefined,
            autoescape=True,
            finalize=_finalized,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "prose": lambda text: Markup(prose_html(text)),
            "points": lambda value: "?" if value is None else points(value),
            "spoken": spoken,
            "duration": duration,
            "cut": _cut,
            "counted": counted,
            "given": in_words,
            "reasons": reasons,
            "decimal": lambda value: "?" if value is None else f"{value:.2f}",
        }
        self._environment.globals |= {
            "outcome_words": HEADINGS,
            "check_words": _CHECK_WORDS,
            "answer_words": ANSWER_WORDS,
            "style": Markup(style_sheet().decode()),
        }

    def page(self, template: str, **values: Any) -> bytes:
        """Return a page, in UTF-8."""
        text = self._environment.get_template(template).render(values)
        return str(text).encode("utf-8", "replace")


def style_sheet() -> bytes:
    """Return the one style sheet of all pages."""
    return (TEMPLATES / STYLE).read_bytes()


def _finalized(value: Any) -> Any:
    """Return what stands in a page: text of unknown origin readable, what we rendered as it is."""
    return readable(value) if type(value) is str else value


def _cut(text: str, most: int) -> str:
    """Return the beginning of a text that has not enough room."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
