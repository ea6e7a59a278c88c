"""Reviews of looked after children: held in time or late, who came and whose views were heard."""

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level
from dashboard.simulation.draw import draw_codes, mark_months, tally
from dashboard.simulation.episodes import Episodes
from dashboard.simulation.journeys import Journeys
from dashboard.simulation.timeline import SHOWN, Booleans, Integers
from dashboard.simulation.world import World, coded
from dashboard.vocabulary import Statistic

IN_TIME = Level(
    "looked_after_reviews_on_time",
    (("2018-M04", 96.4), ("2019-M06", 97.6), ("2020-M05", 98.4), ("2022-M03", 99.1)),
    Statistic.PERCENTAGE,
    noise=0.004,
)
ATTENDED = Level(
    "looked_after_review_attendance",
    (("2018-M04", 58.0), ("2019-M06", 63.0), ("2020-M06", 61.0), ("2021-M10", 70.0)),
    Statistic.PERCENTAGE,
    noise=0.03,
)
TOOK_PART = Level(
    "looked_after_review_participation",
    (("2018-M04", 94.0), ("2020-M06", 96.0), ("2021-M10", 98.0)),
    Statistic.PERCENTAGE,
    noise=0.006,
)
CODES = ("pn0", "pn1", "pn2", "pn3", "pn4", "pn5", "pn6", "pn7")
_CAME = {"pn1": 84.0, "pn2": 5.0, "pn3": 4.0, "pn4": 7.0}
_SENT = {"pn5": 62.0, "pn6": 38.0}
_AGED_4 = 48  # months
_FIRST, _SECOND, _EVERY = 1, 4, 6  # months after coming into care


def make_reviews(world: World, journeys: Journeys, looked_after: pd.DataFrame) -> pd.DataFrame:
    """Every review of the months shown; also marks who at a month-end had none late since April."""
    rng = world.rng("reviews")
    episodes, months = _schedule(journeys.care)
    reviews = pd.DataFrame(world.describe(journeys.care.child[episodes], months))
    reviews["episode"] = episodes
    in_time = world.numerators("reviews", IN_TIME, tally(months))
    reviews["in_time"] = mark_months(rng, months, in_time)
    reviews["aged_4"] = reviews["age"] >= _AGED_4
    _draw_participation(world, reviews)
    looked_after["reviewed_in_time"] = ~_find_late(reviews, looked_after)
    looked_after["a_month_in_care"] = looked_after["months_in_care"] >= 1
    return reviews


def _schedule(care: Episodes) -> tuple[Integers, Integers]:
    """(episode, month) of every review that falls due while the child is looked after."""
    episodes, months = [], []
    longest = int((SHOWN - care.start).max(initial=0))
    for after in (_FIRST, *range(_SECOND, longest, _EVERY)):
        due = care.start + after
        rows = np.flatnonzero((due >= 0) & (due < SHOWN) & (due < care.end))
        episodes.append(rows)
        months.append(due[rows])
    month = np.concatenate(months)
    order = np.argsort(month, kind="stable")
    return np.concatenate(episodes)[order], month[order]


def _draw_participation(world: World, reviews: pd.DataFrame) -> None:
    """Add who came and who took part by any means, in years as published, and the code of each."""
    rng = world.rng("reviews:participation")
    months, old_enough = reviews["month"].to_numpy(), reviews["aged_4"].to_numpy()
    sizes = tally(months, old_enough)
    took_part = world.numerators("reviews", TOOK_PART, sizes, TOOK_PART.pooled(world.published))
    attended = world.numerators("reviews", ATTENDED, sizes, ATTENDED.pooled(world.published))
    part = mark_months(rng, months, took_part, old_enough.astype(float))
    came = mark_months(rng, months, attended, np.where(part, reviews["age"].to_numpy() / 100, 0.0))
    code = np.where(old_enough, CODES.index("pn7"), 0)
    code = np.where(part, 5 + draw_codes(rng, len(reviews), _SENT), code)
    code = np.where(came, 1 + draw_codes(rng, len(reviews), _CAME), code)
    reviews["took_part"], reviews["attended"] = part, came
    reviews["participation"] = coded(code, CODES)


def _find_late(reviews: pd.DataFrame, looked_after: pd.DataFrame) -> Booleans:
    """Who at a month-end had a late review since April: in the same financial year, up to that month."""
    late = reviews[~reviews["in_time"]]
    was_late = np.zeros((int(looked_after["episode"].max()) + 1, SHOWN), dtype=np.bool_)
    for episode, month in zip(late["episode"], late["month"], strict=True):
        was_late[episode, month : month // 12 * 12 + 12] = True
    return np.asarray(was_late[looked_after["episode"], looked_after["month"]])
