"""For whom releases are made, and where those of each audience are kept: apart from each other."""

from pathlib import Path

#: Anyone. What anyone gets when nothing is said.
PUBLIC = "public"
#: Those who work with the children themselves: the figures as they are, small numbers included.
INTERNAL = "internal"
AUDIENCES = (PUBLIC, INTERNAL)

#: What stands on everything that is made for the second.
MARK = "Internal: contains small numbers"


class AudienceError(ValueError):
    """A release that was made for somebody else, or for nobody that is known."""


def releases_of(data: Path, audience: str) -> Path:
    """The folder of the releases for an audience. Raises `AudienceError` if there is no such audience."""
    if audience not in AUDIENCES:
        raise AudienceError(f"found audience {audience!r}, expected {' or '.join(AUDIENCES)}")
    return data / "releases" / audience


def read_current(folder: Path) -> str:
    """The id that CURRENT in a folder of releases names.

    Raises `FileNotFoundError` if there is no CURRENT, and `AudienceError` if it leads out of the folder.
    """
    path = folder / "CURRENT"
    if not path.exists():
        raise FileNotFoundError(f"no release yet in releases/{folder.name}: {how_to_publish(folder.name)}")
    name = path.read_text(encoding="utf-8").strip()
    if name in {"", ".", ".."} or Path(name).name != name:
        found = f"{folder.name}/CURRENT: found {name!r}, expected the id of a release beside it"
        raise AudienceError(f"{found}; `python -m dashboard releases` lists them")
    return name


def name_release(audience: str, day: str, count: int) -> str:
    """The id of an audience's release: no two audiences ever share one, in a cache or as a file's name."""
    return f"{day}-{count}" if audience == PUBLIC else f"{audience}-{day}-{count}"


def how_to_publish(audience: str) -> str:
    """What to do where there is no release for an audience."""
    setting = "" if audience == PUBLIC else f"DASHBOARD_AUDIENCE={audience} "
    return f"run `{setting}python -m dashboard publish` first"


def check_audience(release: str, made_for: str, audience: str) -> None:
    """Raises `AudienceError` if a release was not made for the audience that it is to be shown to."""
    if made_for != audience:
        found = f"{audience}/CURRENT: found {release}, which was made for {made_for!r}"
        mend = f"DASHBOARD_AUDIENCE={audience} python -m dashboard publish"
        raise AudienceError(f"{found}, expected one for {audience!r}: `{mend}` makes one")
