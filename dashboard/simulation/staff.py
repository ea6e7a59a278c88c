"""Social work posts: which are established and filled, who leaves, and the yearly survey of staff."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level
from dashboard.simulation.draw import draw_codes, mark_months, pick, tally
from dashboard.simulation.teams import GRADES, SERVICES, TEAMS
from dashboard.simulation.timeline import (
    EVERY_MONTH,
    FIRST_MONTH,
    LENGTH,
    SHOWN,
    Booleans,
    Floats,
    Integers,
    place,
)
from dashboard.simulation.workload import list_staff
from dashboard.simulation.world import World, coded
from dashboard.vocabulary import Basis, Statistic

_BASES = (Basis.LOCAL, Basis.OFFICIAL)
_PERCENTAGE = Statistic.PERCENTAGE

FILLED = Level(
    "social_work_posts_permanently_filled",
    (
        ("2017-M04", 76.0), ("2018-M09", 77.0), ("2019-M09", 83.7), ("2020-M09", 83.2), ("2021-M09", 83.3),
        ("2022-M01", 90.5), ("2022-M03", 94.0),
    ),
    _PERCENTAGE,
)  # fmt: skip
IN_POST = Level(
    "social_workers_in_post_fte",
    (("2017-M04", 226.0), ("2018-M09", 231.0), ("2019-M09", 257.0), ("2021-M09", 262.0), ("2022-M03", 284.0)),
    Statistic.FTE,
    (Basis.OFFICIAL,),
    noise=0.004,
)
MANAGERS = Level(
    "management_posts_permanently_filled",
    (("2017-M04", 86.0), ("2019-M04", 91.0), ("2021-M04", 95.0), ("2022-M03", 99.0)),
    _PERCENTAGE,
)
TURNOVER = Level(
    "turnover_rate",
    (("2017-M09", 14.0), ("2018-M09", 13.8), ("2019-M09", 14.0), ("2020-M09", 17.5), ("2021-M09", 16.5)),
    _PERCENTAGE,
    (Basis.OFFICIAL,),
)
SURVEYS = {
    "supported": Level("staff_survey_supported", (("2018-M12", 69.0), ("2020-M12", 80.0)), _PERCENTAGE),
    "listened_to": Level("staff_survey_listened_to", (("2018-M12", 66.0), ("2020-M12", 79.0)), _PERCENTAGE),
    "manageable": Level(
        "staff_survey_workload_manageable", (("2018-M12", 51.0), ("2020-M12", 68.0)), _PERCENTAGE
    ),
}
_HOURS = {"1.0": 78.0, "0.8": 12.0, "0.6": 7.0, "0.5": 3.0}
_POSTS, _MANAGERS, _SENIOR_MANAGERS = 360, 72, 16
_NEWLY_QUALIFIED = 0.42  # of those who take up a social worker's post
_FIRST_YEAR = 12
_HALF_A_YEAR = 6
_MEAN_HOURS = 0.95
_AGREED_MONTH, _RESPONDENTS = 8, (160, 190)  # the survey of each December


@dataclass
class _Posts:
    """Every post there ever is, a column each."""

    hours: Floats
    team: Integers
    grade: Integers
    established: Booleans = field(default_factory=lambda: np.zeros(_POSTS, dtype=np.bool_))
    filled: Booleans = field(default_factory=lambda: np.zeros(_POSTS, dtype=np.bool_))
    since: Integers = field(default_factory=lambda: np.full(_POSTS, FIRST_MONTH - 30))
    newly: Booleans = field(default_factory=lambda: np.zeros(_POSTS, dtype=np.bool_))

    @property
    def managers(self) -> Booleans:
        """Which posts are of managers."""
        return self.grade >= GRADES.index("team_manager")


def make_staff(world: World) -> dict[str, pd.DataFrame]:
    """Posts and staff at every month-end, those who left, and the yearly survey."""
    posts = _make_posts(world)
    listed, leavers = _walk(world, posts)
    staff = list_staff(world, listed)
    return {"posts": listed, "social_workers": staff, "staff_left": leavers, "survey": _survey(world)}


def _make_posts(world: World) -> _Posts:
    rng = world.rng("staff:posts")
    hours = np.array([float(each) for each in _HOURS])[draw_codes(rng, _POSTS, _HOURS)]
    team = draw_codes(rng, _POSTS, {name: share for name, (share, _, _) in TEAMS.items()})
    grade = np.where(rng.random(_POSTS) < 0.24, 1, 0)
    grade[:_MANAGERS], hours[:_MANAGERS] = GRADES.index("team_manager"), 1.0
    grade[:_SENIOR_MANAGERS] = GRADES.index("senior_manager")
    return _Posts(hours, team, grade)


def _walk(world: World, posts: _Posts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Month by month: some leave, posts are filled to the level of the month, others stay vacant."""
    rng = world.rng("staff")
    in_post, share = world.path("staff", IN_POST), world.path("staff", FILLED) / 100
    managers = world.numerators("staff", MANAGERS, np.full(LENGTH, _MANAGERS))
    rate = world.path("staff", TURNOVER) / 100 / 12
    leaving = np.append(
        rate[_HALF_A_YEAR:], np.repeat(rate[-1], _HALF_A_YEAR)
    )  # a rate is of the year before
    due = np.floor(np.cumsum(leaving * in_post / _MEAN_HOURS) + rng.uniform(-0.5, 0.5, LENGTH))
    leavers = np.maximum(np.diff(due, prepend=0), 0).astype(np.int64)
    listed, left = [], []
    for month in EVERY_MONTH:
        at = int(place(month))
        before = posts.filled.copy()
        posts.filled &= ~_leave(rng, posts, int(leavers[at]) if month > FIRST_MONTH else 0)
        _fill(rng, posts, posts.managers, float(managers[at]), month)
        others = float(in_post[at]) - float(posts.hours[posts.managers & posts.filled].sum())
        _fill(rng, posts, ~posts.managers, others, month)
        _establish(rng, posts, float(in_post[at] / share[at]))
        gone = np.flatnonzero(before & (~posts.filled | (posts.since == month)))
        left.append(pd.DataFrame({"month": month, "fte": posts.hours[gone]}))
        listed.append(_list_posts(posts, month))
    return pd.concat(listed, ignore_index=True), pd.concat(left, ignore_index=True)


def _leave(rng: np.random.Generator, posts: _Posts, count: int) -> Booleans:
    """Who leaves: the newly qualified and those on the front line the likelier."""
    likely = np.where(posts.newly, 1.6, 1.0) * np.where(_on_front_line(posts.team), 1.5, 0.7)
    likely = likely * np.where(posts.managers, 0.4, 1.0) * posts.filled
    gone = np.zeros(_POSTS, dtype=np.bool_)
    gone[pick(rng, likely, min(count, int(posts.filled.sum())))] = True
    return gone & posts.filled


def _fill(rng: np.random.Generator, posts: _Posts, among: Booleans, hours: float, month: int) -> None:
    """Fill or empty posts until the full-time equivalent filled is as near to that wanted as may be."""
    vacant = np.flatnonzero(among & ~posts.filled)
    keen = np.where(posts.established[vacant], 4.0, 1.0) * np.where(
        _on_front_line(posts.team[vacant]), 0.6, 1.0
    )
    for post in vacant[pick(rng, keen, len(vacant))] if len(vacant) else ():
        short = hours - float(posts.hours[among & posts.filled].sum())
        if short < posts.hours[post] / 2:
            continue
        posts.filled[post], posts.since[post] = True, month
        posts.newly[post] = posts.grade[post] == 0 and rng.random() < _NEWLY_QUALIFIED
    while float(posts.hours[among & posts.filled].sum()) - hours > 0.5:
        last = rng.choice(np.flatnonzero(among & posts.filled))
        posts.filled[last] = False
    posts.newly &= month - posts.since < _FIRST_YEAR


def _establish(rng: np.random.Generator, posts: _Posts, hours: float) -> None:
    """Which posts are in the establishment: those filled, the managers', and vacant ones up to its size."""
    posts.established |= posts.filled | posts.managers
    over = float(posts.hours[posts.established].sum()) - hours
    for post in rng.permutation(np.flatnonzero(posts.established & ~posts.filled & ~posts.managers)):
        if over >= posts.hours[post] / 2:
            posts.established[post], over = False, over - posts.hours[post]
    spare = np.flatnonzero(~posts.established)
    for post in spare[np.argsort(~_on_front_line(posts.team[spare]), kind="stable")]:
        if -over >= posts.hours[post] / 2:
            posts.established[post], over = True, over + posts.hours[post]


def _on_front_line(team: Integers) -> Booleans:
    return np.array([front for _, _, front in TEAMS.values()])[team]


def _list_posts(posts: _Posts, month: int) -> pd.DataFrame:
    """The establishment at a month-end."""
    rows = np.flatnonzero(posts.established)
    services = np.array([SERVICES.index(service) for _, service, _ in TEAMS.values()])
    newly = posts.newly[rows] & posts.filled[rows]
    return pd.DataFrame(
        {
            "post": rows,
            "month": month,
            "fte": posts.hours[rows],
            "team": coded(posts.team[rows], tuple(TEAMS)),
            "service": coded(services[posts.team[rows]], SERVICES),
            "grade": coded(np.where(newly, GRADES.index("newly_qualified"), posts.grade[rows]), GRADES),
            "management": posts.managers[rows],
            "filled": posts.filled[rows],
            "vacant": ~posts.filled[rows],
            "newly_qualified": newly,
        }
    )


def _survey(world: World) -> pd.DataFrame:
    """Everyone who answered the survey of each December, and what they agreed with."""
    rng = world.rng("staff:survey")
    months = np.arange(_AGREED_MONTH, SHOWN, 12)
    answered = np.repeat(months, rng.integers(*_RESPONDENTS, len(months)))
    survey = pd.DataFrame({"month": answered})
    for name, level in SURVEYS.items():
        agreed = world.numerators("survey", level, tally(answered))
        survey[name] = mark_months(rng, answered, agreed)
    return survey
