"""python manage.py clean_comments: cleans every stored comment anew, and says how many changed."""

from django.core.management.base import BaseCommand

from answers.cleaning import clean_all


class Command(BaseCommand):
    help = "Gives every comment the HTML that its text has by the list of tags of now. Can be run again at any time."

    def handle(self, *args, **options) -> None:
        looked_at = changed = 0
        for looked_at, changed in clean_all():
            if options["verbosity"] > 1:
                self.stdout.write(f"{looked_at:,} looked at, {changed:,} changed so far.")
        self.stdout.write(f"{changed:,} of {looked_at:,} comments changed.")
