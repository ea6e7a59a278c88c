"""The layers: what may import what, read from the sources themselves.

Nothing is listed that a new module would have to be added to: the rules are about what each side reaches.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dashboard"

#: Where unprotected figures are at home: received, simulated, worked out, protected, published, proved.
UNPROTECTED = (
    *("observations", "figures", "intake", "calculate", "simulation", "checks"),
    *("disclosure", "audits", "release", "proving"),
)
#: Where released figures are held, drawn and served.
SHOWING = ("cubes", "series", "reading", "protection", "store", "query", "charts", "export", "web")
#: What may not know of anything but words and periods.
GROUND = {"vocabulary": set[str](), "periods": set[str](), "findings": set[str](), "views.shapes": set[str]()}


def name_module(path: Path) -> str:
    """`dashboard/web/server.py` is "web.server"; a package is its folder; `app.py` is "app"."""
    if path.parent == ROOT:
        return path.stem
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def list_modules() -> dict[str, Path]:
    """Every module of the project by name."""
    paths = [*sorted(PACKAGE.rglob("*.py")), ROOT / "app.py"]
    return {name_module(path): path for path in paths if path.exists() and name_module(path)}


def read_imports(path: Path) -> Iterator[str]:
    """Everything that a file imports, wherever in it, as "package.module.name"."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written out in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def find_arrows(modules: Mapping[str, Path]) -> dict[str, set[str]]:
    """The modules of the project that each imports. Importing from a package is importing the package."""
    arrows = {}
    for name, path in modules.items():
        inner = [
            each.removeprefix("dashboard.") for each in read_imports(path) if each.startswith("dashboard.")
        ]
        found = {_longest_known(each, modules) for each in inner}
        arrows[name] = found - {name, ""}
    return arrows


def _longest_known(imported: str, modules: Mapping[str, Path]) -> str:
    while imported and imported not in modules:
        imported = imported.rpartition(".")[0]
    return imported


def find_reach(arrows: Mapping[str, set[str]], start: str) -> set[str]:
    """Every module that one leads to, itself included."""
    reached, open_ends = {start}, [start]
    while open_ends:
        further = arrows.get(open_ends.pop(), set()) - reached
        reached |= further
        open_ends += further
    return reached


MODULES = list_modules()
ARROWS = find_arrows(MODULES)


def within(*packages: str) -> list[str]:
    """The modules of some packages."""
    return [name for name in MODULES if name.split(".")[0] in packages]


def test_no_arrow_turns_round() -> None:
    """Following imports never leads back. A package and its own modules count as one."""
    units = {name: name if name in GROUND else name.split(".")[0] for name in MODULES}
    between: dict[str, set[str]] = {unit: set() for unit in units.values()}
    for name, targets in ARROWS.items():
        between[units[name]] |= {units[target] for target in targets} - {units[name]}
    turning = {unit for unit in between for target in between[unit] if unit in find_reach(between, target)}
    assert not turning


@pytest.mark.parametrize("module", ["app", *within(*SHOWING, "views", "words")])
def test_nothing_that_shows_figures_can_reach_unprotected_ones(module: str) -> None:
    assert not find_reach(ARROWS, module) & set(within(*UNPROTECTED))


@pytest.mark.parametrize("module", within(*UNPROTECTED))
def test_nothing_that_makes_a_release_knows_how_it_is_shown(module: str) -> None:
    assert not find_reach(ARROWS, module) & set(within(*SHOWING))


@pytest.mark.parametrize("module", GROUND)
def test_the_words_of_the_field_stand_on_nothing(module: str) -> None:
    assert ARROWS[module] == GROUND[module]


@pytest.mark.parametrize("module", [name for name in MODULES if name.split(".")[0] not in ("web", "app")])
def test_only_the_web_imports_dash_and_plotly(module: str) -> None:
    roots = {name.split(".")[0] for name in read_imports(MODULES[module])}
    assert not roots & {"dash", "dash_bootstrap_components", "flask", "flask_compress", "plotly"}


@pytest.mark.parametrize("module", within("query", "words", "views", "charts", "export", "web"))
def test_frames_end_at_the_store(module: str) -> None:
    """What is shown is made of observations, then of texts."""
    assert "pandas" not in {name.split(".")[0] for name in read_imports(MODULES[module])}


@pytest.mark.parametrize("module", within("charts"))
def test_charts_draw_shapes_and_know_no_figures(module: str) -> None:
    assert not ARROWS[module] & set(within("store", "series", "cubes", "query", "indicators", "areas"))


def test_only_the_command_line_leads_to_both_sides() -> None:
    sides = set(within(*UNPROTECTED)), set(within(*SHOWING))
    both = [name for name in MODULES if all(find_reach(ARROWS, name) & side for side in sides)]
    assert set(both) <= {"__main__"}


def test_a_wrong_arrow_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "drawn.py"
    path.write_text("def draw():\n    from dashboard.release import publish\n", encoding="utf-8")
    arrows = ARROWS | find_arrows({**MODULES, "views.drawn": path})
    assert "disclosure.suppress" in find_reach(arrows, "views.drawn")
