"""The WSGI application; `bianfang serve` lets each web process do the jobs as well."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from bianfang.config import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bianfang.config.settings")

application = get_wsgi_application()

if env.flag("BIANFANG_JOBS_INSIDE"):
    import_module("bianfang.kernel.jobs.running").start_inside()
