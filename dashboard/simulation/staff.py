"""Social work posts and the people in them: filled, left, covered by agencies; supervision, absence, caseloads."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level, apportion
from dashboard.simulation.draw import draw_codes, mark_months, pick, tally
from dashboard.simulation.timeline import (
    FIRST_MONTH,
    LENGTH,
    MONTHS,
    SHOWN,
    Booleans,
    Floats,
    Integers,
    days_in,
    first_days,
    place,
    working_days,
)
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
AGENCY = Level(
    "agency_worker_rate",
    (
        ("2018-M04", 29.0), ("2018-M09", 27.0), ("2019-M09", 20.0), ("2020-M09", 22.0), ("2021-M04", 24.0),
        ("2022-M03", 16.0),
    ),
    _PERCENTAGE,
    noise=0.02,
)  # fmt: skip
TURNOVER = Level(
    "turnover_rate",
    (("2017-M09", 14.0), ("2018-M09", 13.8), ("2019-M09", 14.0), ("2020-M09", 17.5), ("2021-M09", 16.5)),
    _PERCENTAGE,
    (Basis.OFFICIAL,),
)
ABSENCE = Level(
    "sickness_absence_rate",
    (("2018-M04", 2.8), ("2018-M09", 2.8), ("2019-M09", 2.4), ("2020-M09", 3.4), ("2021-M09", 3.2)),
    _PERCENTAGE,
    (Basis.OFFICIAL,),
    noise=0.08,
    seasons=(0.98, 0.92, 0.9, 0.88, 0.86, 1.0, 1.06, 1.12, 1.15, 1.12, 1.06, 1.02),
)
SUPERVISED = Level(
    "supervision_in_timescale",
    (("2018-M04", 77.0), ("2019-M06", 85.0), ("2020-M06", 90.0), ("2022-M03", 94.0)),
    _PERCENTAGE,
    noise=0.015,
)
CASELOAD = Level(
    "average_caseload",
    (("2018-M04", 17.4), ("2018-M09", 17.0), ("2020-M09", 18.3), ("2021-M09", 16.5), ("2022-M03", 17.1)),
    Statistic.AVERAGE,
    _BASES,
    noise=0.015,
)
SURVEYS = {
    "supported": Level("staff_survey_supported", (("2018-M12", 69.0), ("2020-M12", 80.0)), _PERCENTAGE),
    "listened_to": Level("staff_survey_listened_to", (("2018-M12", 66.0), ("2020-M12", 79.0)), _PERCENTAGE),
    "manageable": Level(
        "staff_survey_workload_manageable", (("2018-M12", 51.0), ("2020-M12", 68.0)), _PERCENTAGE
    ),
}
#: Teams of social workers: their share of the posts, the service they belong to, whether on the front line.
TEAMS = {
    "front_door": (9.0, "front_door", True),
    "assessment": (17.0, "front_door", True),
    "family_safeguarding": (36.0, "safeguarding", True),
    "through_care": (22.0, "through_care", False),
    "care_leavers": (3.0, "through_care", False),
    "disabilities": (7.0, "disabilities", False),
    "fostering": (6.0, "provider_services", False),
}
SERVICES = ("front_door", "safeguarding", "through_care", "disabilities", "provider_services")
GRADES = ("social_worker", "senior_practitioner", "newly_qualified", "team_manager", "senior_manager")
_HOURS = {"1.0": 78.0, "0.8": 12.0, "0.6": 7.0, "0.5": 3.0}
_POSTS, _MANAGERS, _SENIOR_MANAGERS = 360, 72, 16
_NEWLY_QUALIFIED = 0.42  # of those who take up a social worker's post
_FIRST_YEAR = 12
_HALF_A_YEAR = 6
_MEAN_HOURS = 0.95
_CEILING, _NEW_CEILING = 21, 16  # cases, of a full-time worker
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
    staff = _list_staff(world, listed)
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
    for month in MONTHS:
        at = int(place(month))
        before = posts.filled.copy()
        posts.filled &= ~_leave(rng, posts, int(leavers[at]) if month > FIRST_MONTH else 0)
        _fill(rng, posts, posts.managers, float(managers[at]), int(month))
        others = float(in_post[at]) - float(posts.hours[posts.managers & posts.filled].sum())
        _fill(rng, posts, ~posts.managers, others, int(month))
        _establish(rng, posts, float(in_post[at] / share[at]))
        gone = np.flatnonzero(before & (~posts.filled | (posts.since == month)))
        left.append(pd.DataFrame({"month": int(month), "fte": posts.hours[gone]}))
        listed.append(_list_posts(posts, int(month)))
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


def _list_staff(world: World, listed: pd.DataFrame) -> pd.DataFrame:
    """Employed and agency social workers at every month-end, with the month's work."""
    rng = world.rng("staff:work")
    employed = listed[listed["filled"]].assign(agency=False)
    staff = pd.concat([employed, _hire(world, employed)], ignore_index=True)
    staff = staff.sort_values("month", kind="stable", ignore_index=True)
    fronts = np.array([front for _, _, front in TEAMS.values()])
    staff["front_line"] = fronts[staff["team"].cat.codes] & ~staff["management"]
    staff["employed"] = ~staff["agency"]
    staff["holds_cases"] = ~staff["management"] & (staff["team"] != "fostering")
    months = staff["month"].to_numpy()
    _share_cases(world, staff)
    yearly = SUPERVISED.yearly(world.published)
    pooled = {(12 * y, 12 * y + 11): figure for y, figure in yearly.items() if 0 <= y < SHOWN // 12}
    held = world.numerators("staff", SUPERVISED, tally(months), pooled)
    staff["supervised"] = mark_months(rng, months, held, np.where(staff["agency"], 0.6, 1.0))
    after = first_days(MONTHS) + days_in(MONTHS).astype("timedelta64[D]")
    days = working_days(first_days(MONTHS), after)
    staff["days_available"] = days[place(months)] * staff["fte"]
    lost = world.path("staff", ABSENCE)[place(months)] / 100 * staff["days_available"]
    away = rng.random(len(staff)) < 0.14
    staff["days_lost"] = np.where(away, np.rint(rng.gamma(1.2, lost / 0.14 / 1.2)), 0.0)
    staff["days_lost"] = np.minimum(staff["days_lost"], staff["days_available"])
    return staff


def _hire(world: World, employed: pd.DataFrame) -> pd.DataFrame:
    """Agency workers on the front line: the share of it that is aimed at."""
    rng = world.rng("staff:agency")
    fronts = [name for name, (_, _, front) in TEAMS.items() if front]
    front = employed[employed["team"].isin(fronts) & ~employed["management"]]
    hours = front.groupby("month")["fte"].sum()
    share = world.path("staff", AGENCY) / 100
    rows = []
    for month, there in hours.items():
        wanted = float(share[place(int(str(month)))])
        count = round(there * wanted / (1 - wanted))
        rows.append(pd.DataFrame({"post": _POSTS + np.arange(count), "month": int(str(month)), "fte": 1.0}))
    hired = pd.concat(rows, ignore_index=True)
    team = draw_codes(rng, _POSTS, {name: TEAMS[name][0] for name in fronts})[hired["post"] - _POSTS]
    names = tuple(TEAMS)
    services = np.array([SERVICES.index(service) for _, service, _ in TEAMS.values()])
    hired["team"] = coded(team, names)
    hired["service"] = coded(services[team], SERVICES)
    hired["grade"] = coded(np.zeros(len(hired), dtype=np.int64), GRADES)
    return hired.assign(management=False, filled=False, vacant=False, newly_qualified=False, agency=True)


def _share_cases(world: World, staff: pd.DataFrame) -> None:
    """Add the cases each holds, averaging as aimed at, and whether they are above the ceiling."""
    rng = world.rng("staff:cases")
    path = world.path("staff", CASELOAD)
    cases = np.zeros(len(staff), dtype=np.int64)
    months, hours = staff["month"].to_numpy(), staff["fte"].to_numpy()
    newly, holding = staff["newly_qualified"].to_numpy(), staff["holds_cases"].to_numpy()
    load = hours * np.where(newly, 0.72, 1.0) * rng.gamma(40, 1 / 40, len(staff))
    for month in MONTHS:
        rows = np.flatnonzero(holding & (months == month))
        total = round(float(path[place(month)]) * float(hours[rows].sum()))
        cases[rows] = apportion(total, load[rows])
    staff["cases"] = cases
    ceiling = np.where(newly, _NEW_CEILING, _CEILING) * hours
    staff["above_ceiling"] = holding & (cases > ceiling)


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
