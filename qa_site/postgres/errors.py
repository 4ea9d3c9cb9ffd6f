"""What can be wrong with the database server.

Each error is also a CommandError, so that `manage.py` prints its one sentence instead of a traceback.
"""

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import OperationalError


class UnreachableServer(OperationalError, CommandError):
    """No connection to the server can be made."""


class UnsuitableServer(ImproperlyConfigured, CommandError):
    """The server, or its address, is not one that the site can work with."""
