"""The dashboard as it is served: `gunicorn app:server`. What it needs is said in the environment."""

import os
import sys

from dashboard.audiences import AudienceError
from dashboard.settings import APP_LOAD_ERROR, SettingsError, read_settings
from dashboard.web.server import create_app, warm_up

try:
    app = create_app(read_settings(os.environ))
except (SettingsError, AudienceError, FileNotFoundError) as problem:
    print(problem, file=sys.stderr)
    raise SystemExit(APP_LOAD_ERROR) from None
server = app.server
warm_up(app)
