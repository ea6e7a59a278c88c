"""The rule set of a chart in words, so that nobody has to guess how its limits came about."""

from collections.abc import Sequence

from dashboard.statistics.judgement import tested_rules
from dashboard.statistics.limits import SCREEN, TO_LIMIT
from dashboard.statistics.processes import Act, ActKind, Method, Rule, Rules, Span, Subject

_NAMES = {
    Method.RUN: "Run chart",
    Method.XMR: "XmR chart",
    Method.LANEY_P: "Laney p′ chart",
    Method.LANEY_U: "Laney u′ chart",
    Method.TIME_BETWEEN: "Time-between chart",
}


def write_caption(subject: Subject, span: Span, rules: Rules, acts: Sequence[Act]) -> str:
    """How the limits at the end of a chart came about, which rules its points are tested by, and why."""
    if span.method is Method.VALUES:
        return f"No limits are drawn and no rule is applied. {span.reason}"
    told = [f"{_NAMES[span.method]}, from {span.count} points.", _tell_limits(subject, span, rules)]
    told += [_tell_rules(span.method, rules), *(_tell_act(act) for act in acts), span.reason]
    return " ".join(each for each in told if each)


def _tell_limits(subject: Subject, span: Span, rules: Rules) -> str:
    screening = (
        f"Ranges of {SCREEN} times their average or more are left out once: jumps are no ordinary variation."
        if rules.screened
        else "No range is left out."
    )
    match span.method:
        case Method.RUN:
            return "The line is the median."
        case Method.TIME_BETWEEN:
            return (
                "The line is the median. One time in 740 would be above the limit if all periods had the "
                "same chance of an event."
            )
        case Method.XMR:
            source = f"The line is the mean and the limits lie {TO_LIMIT} average moving ranges from it."
        case _:
            source = (
                "The line is all numerators over all denominators. The limits lie three standard deviations "
                "from it: those of chance for each point’s denominator, made wider or narrower by how far "
                "points move from one to the next."
            )
    ends = "0 and 100%" if subject.is_percentage else "0"
    return f"{source} {screening} They are drawn no further than {ends}, and tested as worked out."


def _tell_rules(method: Method, rules: Rules) -> str:
    line = "mean" if method in (Method.XMR, Method.LANEY_P, Method.LANEY_U) else "median"
    tested = tested_rules(method)
    signs = []
    if Rule.OUTSIDE in tested:
        signs.append("a point outside the limits")
    if Rule.TWO_OF_THREE in tested:
        signs.append("two of three points in the outer third on one side")
    signs.append(f"{rules.shift} points in a row on one side of the {line}")
    listed = f"{', '.join(signs[:-1])} or {signs[-1]}" if len(signs) > 1 else signs[0]
    told = f"Signals: {listed}."
    if Rule.TREND in tested:
        told += (
            f" {rules.trend} points in a row that only rise or only fall are shown, and alone raise no alert."
        )
    return told


def _tell_act(act: Act) -> str:
    day = f"{act.on.day} {act.on:%B %Y}"
    by = f" by the {act.by}" if act.by else ""
    what = "based anew" if act.kind is ActKind.REBASE else "fixed"
    return f"Limits {what} on {day}{by}: {act.why.rstrip('.')}."
