"""Deletes what the door need not remember any longer."""

from typing import Any

from django.core.management.base import BaseCommand

from door import limits, stamps


class Command(BaseCommand):
    help = (
        "Deletes limits that nobody is near any more and forms that were sent over a week ago. The site does so by "
        "itself now and then; this does all that there is to do at once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counts = []
        for sweep in (limits.sweep, stamps.sweep):
            counts.append(0)
            while swept := sweep():
                counts[-1] += swept
        self.stdout.write(f"Deleted: {counts[0]} limits, {counts[1]} sent forms.")
