"""The dashboard as it is served: `gunicorn app:server`. What it needs is said in the environment."""

import os

from dashboard.settings import read_settings
from dashboard.web.server import create_app, warm_up

app = create_app(read_settings(os.environ))
server = app.server
warm_up(app)
