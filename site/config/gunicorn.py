"""How the site is served: `gunicorn --config site/config/gunicorn.py config.wsgi`. Settings are gunicorn's own.

With threads: browsers open connections ahead of need, up to six each, and say nothing on them. A worker without threads listens to such a
silence for half a minute, and to nobody else; a thread gives it up after a few seconds.
"""

import os

pythonpath = "site,."
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 8
loglevel = "warning"
# Longer than somebody takes to fill in a form: a connection that closes at the very moment its form is sent loses what was typed.
keepalive = 75
