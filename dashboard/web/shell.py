"""The HTML document that everything else arrives in."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

EARLY_SCRIPT = (Path(__file__).parent / "early.js").read_text(encoding="utf-8")

#: Bootstrap's stylesheet, from the installed package: its version is part of the address.
BOOTSTRAP_ADDRESS = f"/bootstrap/{version('bootstrap-flask')}/bootstrap.min.css"
BOOTSTRAP_FOLDER = Path(str(files("flask_bootstrap"))) / "static" / "bootstrap5" / "css"

ASSETS = Path(__file__).parents[2] / "assets"
FAVICON = f"/assets/favicon.svg?m={(ASSETS / 'favicon.svg').stat().st_mtime:.0f}"

DOCUMENT = f"""<!doctype html>
<html lang="en-GB">
<head>
{{%metas%}}
<title>{{%title%}}</title>
<link rel="icon" type="image/svg+xml" href="{FAVICON}">
<script>{EARLY_SCRIPT}</script>
{{%css%}}
</head>
<body>
<noscript><p class="note">Charts and choices need JavaScript. Words and figures do not.</p></noscript>
{{%app_entry%}}
{{%config%}}
{{%scripts%}}
{{%renderer%}}
</body>
</html>
"""

METAS = [
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    {"name": "color-scheme", "content": "light"},
]


def hash_script(script: str) -> str:
    """A script's hash as a content security policy writes it."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def draw_entry(markup: str) -> str:
    """The first paint, and the place where the script will put its own."""
    return f'<div id="first-paint">{markup}</div><div id="react-entry-point"></div>'


def draw_message_page(title: str, message: str) -> str:
    """A page for when there is none: what is wrong, and the way home. It needs no script."""
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="icon" type="image/svg+xml" href="{FAVICON}">
<link rel="stylesheet" href="{BOOTSTRAP_ADDRESS}">
<link rel="stylesheet" href="/assets/frame.css">
<link rel="stylesheet" href="/assets/tokens.css">
</head>
<body>
<header class="masthead"><div class="wrap"><a class="brand" href="/">Worcestershire
<span>Children’s services in figures</span></a></div></header>
<main class="wrap message" id="main"><h1>{escape(title)}</h1><p>{escape(message)}</p>
<p><a href="/">Show Worcestershire at a glance</a></p></main>
</body>
</html>
"""
