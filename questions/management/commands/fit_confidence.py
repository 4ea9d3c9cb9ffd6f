"""python manage.py fit_confidence: fits confidence() to the site's own merges and dismissals."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questions.duplicates import model, refitting
from questions.progress import Progress


class Command(BaseCommand):
    help = (
        "Fits how sure the matcher is of a pair to what people merged and dismissed on this site, of which it takes "
        f"{refitting.LEAST_PAIRS} pairs, {refitting.LEAST_OF_A_KIND} of either kind. What was fitted is used from then "
        "on if it is better, by cross-validation, than what is in use; otherwise that stays."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._fit((options.get("stderr") or sys.stderr) if options["verbosity"] else None)
        except KeyboardInterrupt as error:
            raise CommandError("Stopped. Nothing was changed.", returncode=130) from error

    def _fit(self, stream: Any) -> None:
        decided = refitting.decided_pairs()
        merged = sum(same for _, _, same in decided)
        dismissed = len(decided) - merged
        self.stdout.write(f"{merged:,} pairs were merged here and stayed so, {dismissed:,} were dismissed.")
        missing = [
            f"{refitting.LEAST_OF_A_KIND - count:,} more {kind}"
            for kind, count in (("merges", merged), ("dismissals", dismissed))
            if count < refitting.LEAST_OF_A_KIND
        ]
        if len(decided) < refitting.LEAST_PAIRS:
            missing.append(f"{refitting.LEAST_PAIRS - len(decided):,} more pairs in all")
        if missing:
            self.stdout.write(
                f"Too few to learn from: {' and '.join(missing)} are needed. Nothing was changed."
            )
            return
        labelled = refitting.balanced(decided)
        texts = {text for one, other, _ in labelled for text in (one, other)}
        with Progress("looking", len(texts), stream) as progress:
            refits = refitting.refit(labelled, progress.advance)
        self.stdout.write(f"By cross-validation on {len(labelled):,} of them:")
        for done in refits:
            self.stdout.write(
                f"  {done.name + ':':15} log loss {done.old_judged.log_loss:.3f} → {done.new_judged.log_loss:.3f}, "
                f"area under the curve {done.old_judged.auc:.3f} → {done.new_judged.auc:.3f}: "
                + ("better" if done.is_better else "not better, the old one stays")
            )
        if not model.encoder():
            self.stdout.write("  The model is not here, so what is used with it was left alone.")
        if any(done.is_better for done in refits):
            self.stdout.write(f"In use from now on: {refitting.write(refits, labelled)}")
        else:
            self.stdout.write("Nothing was changed.")
