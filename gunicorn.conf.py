"""How gunicorn serves the dashboard.

Threads, since browsers open connections that they do not use yet: a worker that can wait for only one
is held up by them. The app is loaded before the workers are made, so that they share its figures.
"""

import os
import sys

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8050')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 16
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 15
limit_request_line = 4094
limit_request_fields = 60
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - only a heartbeat
control_socket_disable = True  # a way in that nobody here needs, and that servers of one user would share
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "warning")


def on_starting(server) -> None:  # type: ignore[no-untyped-def]  # gunicorn's own, which has no types
    """Refuses to let the internal dashboard listen where others than the proxy in front of it reach it."""
    from dashboard.settings import APP_LOAD_ERROR, SettingsError, check_bind, read_settings

    hosts = tuple(address[0] for address in server.cfg.address if isinstance(address, tuple))
    try:
        check_bind(read_settings(os.environ), hosts)
    except SettingsError as problem:
        print(problem, file=sys.stderr)
        raise SystemExit(APP_LOAD_ERROR) from None
