"""Configuration of gunicorn: `gunicorn --config site/config/gunicorn.py config.wsgi`. The settings are gunicorn's own.

With threads: browsers open up to six connections in advance and leave them idle. Such a connection would block a worker without threads for
half a minute; a thread closes it after a few seconds.
"""

import os

pythonpath = "site,."
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 8
loglevel = "warning"
# Longer than somebody takes to fill in a form: a connection that closes at the very moment its form is sent loses what was typed.
keepalive = 75
