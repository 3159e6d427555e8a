"""Reports as the JSON that other programs read: version 1 of the contract."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from grader.present.readable import all_readable
from grader.records import Report

VERSION = 1


def reports_json(reports: Sequence[Report]) -> str:
    """Return one JSON object that holds all reports."""
    whole = {"version": VERSION, "reports": [_report(report) for report in reports]}
    return json.dumps(all_readable(whole), indent=2)


def report_fields(report: Report) -> dict[str, Any]:
    """Return one report as it stands among the `reports` of that object."""
    return dict(all_readable(_report(report)))


def _report(report: Report) -> dict[str, Any]:
    return {
        "exercise": report.exercise,
        "path": report.path,
        "outcome": report.outcome.value,
        "points": report.points,
        "max_points": report.max_points,
        "checks": [
            {
                "name": check.name,
                "function": check.function,
                "outcome": check.outcome.value,
                "points": check.points,
                "max_points": check.max_points,
                "message": str(check.message),
            }
            for check in report.checks
        ],
        "diagnosis": [
            {"mistake": d.mistake, "kind": d.kind, "message": str(d.message)}
            for d in report.diagnosis
        ],
        "tier": report.tier,
        "seed": report.seed,
        "seconds": report.seconds,
        "printed": report.printed,
        "release": report.release or None,
        "imports": list(report.imports),
    }
