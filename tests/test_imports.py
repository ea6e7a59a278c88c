"""The layers: what each module may import, read from the sources themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dashboard"

#: From the ground up. A module may import those of its own layer and of layers below it.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"vocabulary", "periods", "findings", "views.shapes"}),
    frozenset({"settings", "declarations", "tables"}),
    frozenset({"areas", "characteristics", "catalogue", "indicators", "formats"}),
    frozenset({"sources", "populations", "targets", "pages"}),
    frozenset({"observations", "keys", "figures"}),
    frozenset({"calculate", "disclosure", "simulation", "checks"}),
    frozenset({"release"}),
    frozenset({"cubes", "series", "store"}),
    frozenset({"query"}),
    frozenset({"words", "commentary", "views"}),
    frozenset({"charts"}),
    frozenset({"web"}),
    frozenset({"__main__", "app"}),
)
STORE, WEB = 7, 11

#: Where unprotected figures are at home. Nothing that shows figures may import any of it.
UNPROTECTED = frozenset().union(*LAYERS[4:7]) | {"populations"}
SHOWING = frozenset().union(*LAYERS[STORE : WEB + 1])

LAYER_OF = {name: place for place, names in enumerate(LAYERS) for name in names}


def list_modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if path != PACKAGE / "__init__.py":
            yield name_layered(".".join(parts)), path
    if (ROOT / "app.py").exists():
        yield "app", ROOT / "app.py"


def read_imports(path: Path) -> Iterator[tuple[str, str]]:
    """Every module that a file imports, with the name taken from it (blank: the module itself)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, ""
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written out in full"
            for alias in node.names:
                yield node.module or "", alias.name


def name_layered(module: str) -> str:
    """The name in `LAYERS` of a module below `dashboard`: its package's, unless it stands there itself."""
    return module if module in LAYER_OF else module.split(".")[0]


def read_own_imports(path: Path) -> Iterator[str]:
    """Those of this project, by their names in `LAYERS`."""
    for module, name in read_imports(path):
        if module == "dashboard":
            yield name_layered(name)
        elif module.startswith("dashboard."):
            inner = module.removeprefix("dashboard.")
            yield name_layered(f"{inner}.{name}" if f"{inner}.{name}" in LAYER_OF else inner)


MODULES = [pytest.param(name, path, id=str(path.relative_to(ROOT))) for name, path in list_modules()]


@pytest.mark.parametrize(("module", "path"), MODULES)
def test_every_module_has_a_layer(module: str, path: Path) -> None:
    assert module in LAYER_OF, f"say in {Path(__file__).name} to which layer {path.name} belongs"


@pytest.mark.parametrize(("module", "path"), MODULES)
def test_imports_point_one_way(module: str, path: Path) -> None:
    assert not {name for name in read_own_imports(path) if LAYER_OF.get(name, 99) > LAYER_OF[module]}


@pytest.mark.parametrize(("module", "path"), MODULES)
def test_nothing_that_shows_figures_can_reach_unprotected_ones(module: str, path: Path) -> None:
    if module in SHOWING:
        assert not set(read_own_imports(path)) & UNPROTECTED


@pytest.mark.parametrize(("module", "path"), MODULES)
def test_only_the_web_imports_dash(module: str, path: Path) -> None:
    if module not in ("web", "app"):
        roots = {name.split(".")[0] for name, _ in read_imports(path)}
        assert not roots & {"dash", "flask", "dash_bootstrap_components", "flask_compress"}


@pytest.mark.parametrize(("module", "path"), MODULES)
def test_no_module_imports_plotly(module: str, path: Path) -> None:
    """Figures are plain dicts; only the web may ask the package which bundle it ships."""
    if module != "web":
        assert "plotly" not in {name.split(".")[0] for name, _ in read_imports(path)}


@pytest.mark.parametrize(("module", "path"), MODULES)
def test_views_and_charts_do_no_tables(module: str, path: Path) -> None:
    """Frames end at the store: what is shown is made of observations, then of texts."""
    if LAYER_OF[module] > STORE and module not in ("__main__", "app"):
        assert "pandas" not in {name.split(".")[0] for name, _ in read_imports(path)}


def test_a_wrong_arrow_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "views.py"
    path.write_text("from dashboard.release import publish\nimport dashboard.web.server\n", encoding="utf-8")
    assert set(read_own_imports(path)) == {"release", "web"}
