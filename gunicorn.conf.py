"""How `make run` serves the site; for a public one, put a web server with HTTPS before it."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# As many as a worker's pool has connections to spare (DATABASES in settings.py).
threads = 4
worker_class = "gthread"
accesslog = None
errorlog = "-"
loglevel = "warning"
