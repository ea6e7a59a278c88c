"""The HTML document that everything else arrives in."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from dashboard.audiences import INTERNAL, MARK, PUBLIC

EARLY_SCRIPT = (Path(__file__).parent / "early.js").read_text(encoding="utf-8")

#: Bootstrap's stylesheet, from the installed package: its version is part of the address.
BOOTSTRAP_ADDRESS = f"/bootstrap/{version('bootstrap-flask')}/bootstrap.min.css"
BOOTSTRAP_FOLDER = Path(str(files("flask_bootstrap"))) / "static" / "bootstrap5" / "css"

ASSETS = Path(__file__).parents[2] / "assets"
FAVICON = f"/assets/favicon.svg?m={(ASSETS / 'favicon.svg').stat().st_mtime:.0f}"

#: The stylesheet that only internal pages have.
INTERNAL_STYLES = "internal.css"

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

#: The mark of an internal page: a bar that stays in sight, and the same words across the page, on paper too.
#: It stands outside what Dash draws, so that no page can be without it.
_BANNER = f"""<body class="internal" data-mark="{MARK}">
<aside class="internal-bar" aria-label="Who may see this">
<svg aria-hidden="true" focusable="false" viewBox="0 0 24 24" width="22" height="22">\
<path d="M12 2 23 21H1z"/>\
<path class="cut" d="M11 9h2v6h-2zm0 7.5h2v2h-2z"/></svg>
<strong>{MARK}</strong></aside>
<svg class="internal-mark" aria-hidden="true" focusable="false"><defs>
<pattern id="internal-pattern" width="380" height="170" patternUnits="userSpaceOnUse" \
patternTransform="rotate(-24)"><text x="8" y="50">{MARK}</text><text x="-182" y="135">{MARK}</text>\
<text x="198" y="135">{MARK}</text></pattern></defs>
<rect width="100%" height="100%" fill="url(#internal-pattern)"/></svg>
"""
_LINKS = """<nav class="internal-links" aria-label="Internal pages"><div class="wrap">
<a href="/releases">Loads and releases</a>
<a href="/disclosure">How small numbers are protected in the public release</a></div></nav>
</body>"""

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


def mark_document(document: str, audience: str) -> str:
    """A document as an audience gets it: the internal one with its mark and the way to its own pages."""
    if audience != INTERNAL:
        return document
    return document.replace("<body>\n", _BANNER).replace("</body>", _LINKS)


def draw_message_page(title: str, message: str, audience: str = PUBLIC) -> str:
    """A page for when there is none: what is wrong, and the way home. It needs no script."""
    content = f"""<main class="wrap message" id="main"><h1>{escape(title)}</h1><p>{escape(message)}</p>
<p><a href="/">Show Worcestershire at a glance</a></p></main>"""
    return draw_plain_page(title, content, audience)


def draw_plain_page(title: str, content: str, audience: str = PUBLIC) -> str:
    """A page of words that needs no script, of markup that is safe already."""
    name = f"{MARK} – {title}" if audience == INTERNAL else title
    styles = (
        ["frame.css", "tokens.css"] if audience != INTERNAL else ["frame.css", INTERNAL_STYLES, "tokens.css"]
    )
    links = "\n".join(f'<link rel="stylesheet" href="/assets/{style}">' for style in styles)
    document = f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(name)}</title>
<link rel="icon" type="image/svg+xml" href="{FAVICON}">
<link rel="stylesheet" href="{BOOTSTRAP_ADDRESS}">
{links}
</head>
<body>
<header class="masthead"><div class="wrap"><a class="brand" href="/">Worcestershire
<span>Children’s services in figures</span></a></div></header>
{content}
</body>
</html>
"""
    return mark_document(document, audience)
