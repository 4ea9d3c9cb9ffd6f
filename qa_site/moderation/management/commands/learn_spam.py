"""Teaches the classifier anew, from all that moderators have decided."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.db import transaction

from door import classifying
from door.models import SpamWord, TrainedText
from qa_site.moderation.kinds import KINDS, words_of
from questions.models import State


class Command(BaseCommand):
    help = "Forget what the classifier knows, and learn anew from every text that moderators decided about."

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        TrainedText.objects.all().delete()
        SpamWord.objects.all().delete()
        counts = {True: 0, False: 0}
        for kind in KINDS.values():
            decided = kind.model._default_manager.filter(state__in=[State.SPAM, State.APPROVED])
            for text in decided.exclude(seen_at=None).order_by("pk").iterator(chunk_size=500):
                is_spam = text.state == State.SPAM
                classifying.learn(kind.name, text.pk, words_of(text), is_spam=is_spam)
                counts[is_spam] += 1
        self.stdout.write(f"Learnt {counts[True]:,} texts as spam and {counts[False]:,} as fine.")
        if min(counts.values()) < classifying.ENOUGH_TEXTS:
            self.stdout.write(f"It judges from {classifying.ENOUGH_TEXTS} of each on.")
