#!/usr/bin/env python
"""Django's command line for the site: migrate, import_stackexchange, check_families and so on."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # For whoever set it up: what is wrong, without the way there.
        sys.exit(f"manage.py: {error}")
