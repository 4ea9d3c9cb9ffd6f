"""Load the demo content into an empty site."""

import os
import secrets

from django.conf import settings
from django.core.management.base import BaseCommand

from qa_site.demo import loading


class Command(BaseCommand):
    help = "Fills an empty site with demo questions, and says how to sign in. A site with content is left as it is."

    def handle(self, *args, **options) -> None:
        password_file = settings.VAR_DIR / "demo_admin_password"
        if loading.is_empty():
            settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
            password = secrets.token_urlsafe(9)
            loading.load(admin_password=password)
            descriptor = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(password + "\n")
            self.stdout.write("The demo is loaded.")
        if password_file.exists():
            self.stdout.write(
                f"Demo admin: {loading.ADMIN_EMAIL}, password {password_file.read_text().strip()} "
                "(changed since, if you changed it)"
            )
