"""Proving a release: again from the figures up, or from what was written down when it was made."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dashboard.areas import load_areas
from dashboard.audiences import PUBLIC
from dashboard.audits import Audits
from dashboard.disclosure import load_policy, protect
from dashboard.findings import nearest
from dashboard.indicators import load_characteristics, load_indicators
from dashboard.observations import write_observations
from dashboard.release import hash_inputs, make_figures
from dashboard.shelf import current_release, read_manifest, releases


class ProvingError(RuntimeError):
    """Why a release could not be proved; the message says what to do."""


def prove_current(data: Path) -> Mapping[str, Any]:
    """The proof of the current release, made anew without anything that was remembered.

    The release is made again beside it, and must come out the same to the last byte: what is proved is then
    what is shown. Raises `ProvingError` if there is no release, or it is not of the figures as they are now.
    """
    manifest = read_manifest(data)
    if not manifest:
        raise ProvingError("no release yet: run `python -m dashboard publish` first")
    illustrative = bool(manifest["illustrative"])
    kept, release = Audits(data), str(manifest["id"])
    told = kept.read_proof(release)
    if kept.inputs_of(release) != hash_inputs(data, illustrative=illustrative, audience=PUBLIC):
        raise ProvingError(
            f"the figures or the rules have changed since {manifest['id']} was made: run "
            f"`python -m dashboard publish`, or `audit {manifest['id']}` to read what was proved then"
        )
    protected = protect(
        make_figures(data, illustrative=illustrative),
        load_indicators(data),
        load_areas(data),
        load_policy(data),
        load_characteristics(data),
        earlier=kept.read_ledger(before=release),
        before={**told, "ended_at": told.get("began_at", ())},
    )
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / "figures.csv"
        write_observations(protected.table, again)
        if again.read_bytes() != (current_release(data) / "figures.csv").read_bytes():
            raise ProvingError(f"{manifest['id']} is not what these figures and rules make: do not show it")
    return {"release": manifest["id"], **protected.proof}


def read_recorded(data: Path, release: str) -> Mapping[str, Any]:
    """What was proved of a release when it was made. Raises `ProvingError` if nothing was."""
    known = [str(each["id"]) for each in releases(data)]
    if release not in known:
        near = nearest(release, known)
        raise ProvingError(f"found release {release!r}" + (f", nearest: {near}" if near else ", of none"))
    proof = Audits(data).read_proof(release)
    if not proof:
        raise ProvingError(f"nothing was written down about {release}")
    return proof


def describe(proof: Mapping[str, Any]) -> Iterator[str]:
    """A proof in plain words, the narrowest ranges first."""
    policy = proof["policy"]
    yield f"Release {proof['release']}, by rules {proof['rule_version']}"
    yield f"{proof['cells']:,} numbers; {proof['hidden']:,} stand nowhere in the release:"
    yield f"  {proof['primary']:,} are below {policy['threshold']} themselves, or tell of everybody"
    yield f"  {proof['secondary']:,} are hidden beside them"
    yield f"  {proof['withheld']:,} are of levels that are not shown"
    yield "Relations an attacker could use:"
    yield from (f"  {name}: {count:,}" for name, count in proof["families"].items() if count)
    yield "Hidden numbers that leave the least (lowest to highest, knowing the page; knowing the rules too):"
    for cell in proof["narrowest"][:10]:
        where = ", ".join(filter(None, (cell["indicator"], cell["area"], cell["period"], cell["category"])))
        yield f"  {_range(cell['w'])}; {_range(cell['s'])}  {where} ({cell['role']}, {cell['reason']})"
    verdict = "Proved" if not proof["failed"] and not proof["unresolved"] else "NOT proved"
    yield (
        f"{verdict}: {proof['failed']} numbers pinned closer than the policy allows, "
        f"{proof['unresolved']} unresolved, after {proof['solves']:,} programmes."
    )


def _range(bounds: list[float | None]) -> str:
    low, high = ("any" if each is None else f"{each:g}" for each in bounds)
    return f"{low} to {high}"
