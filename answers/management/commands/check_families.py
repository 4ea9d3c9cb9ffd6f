"""Verify every invariant of wordings, families, the log and the counted numbers over the whole database."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.template.defaultfilters import pluralize

import answers.invariants
import questions.invariants
from questions.models import Question


class Command(BaseCommand):
    help = "Checks that families are trees, that the log agrees with them, and that every number was counted right."

    def handle(self, *args, **options) -> None:
        broken = 0
        alone = not connection.in_atomic_block
        with transaction.atomic(), connection.cursor() as cursor:
            if alone:
                # One moment for all checks, so that people may go on merging meanwhile. Inside somebody
                # else's transaction it is too late for that.
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            primaries = Question.objects.primaries().count()
            alternates = Question.objects.alternates().count()
            wordings = primaries + alternates
            self.stdout.write(
                f"{wordings:,} wording{pluralize(wordings)} in {primaries:,} famil{pluralize(primaries, 'y,ies')}, "
                f"{alternates:,} of them {pluralize(alternates, 'an alternate,alternates')}."
            )
            for invariant in [*questions.invariants.INVARIANTS, *answers.invariants.INVARIANTS]:
                count, offenders = invariant.first_offenders()
                broken += count > 0
                self.stdout.write(f"{'FAILED' if count else 'ok':>6}  {invariant.sentence}.")
                for pk, what in offenders:
                    self.stdout.write(f"        {pk}: {what}")
                if count > len(offenders):
                    self.stdout.write(f"        and {count - len(offenders):,} more")
        if broken:
            raise CommandError(f"{broken} of the checks failed.")
