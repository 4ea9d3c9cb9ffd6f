"""python manage.py evaluate_duplicates: measures the matcher on a set of known duplicates."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from questions.duplicates import evaluation, model
from questions.duplicates.model_files import ModelError


class Command(BaseCommand):
    help = (
        "Loads the texts of DIR/corpus.tsv into a temporary database, asks the matcher for each query of queries.tsv "
        "(leaving its own row out) and prints how well and how fast it finds what qrels.tsv says."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            given = evaluation.read(folder)
            model.require_encoder()
            with evaluation.temporary_database(f"qa_site_evaluation_{os.getpid()}"):
                with tqdm(total=len(given.corpus), desc="embedding", disable=None) as bar:
                    ids = evaluation.load(given.corpus, bar.update)
                with tqdm(total=3 * len(given.relevant), desc="asking", disable=None) as bar:
                    figures = evaluation.measure(given, ids, bar.update)
        except (evaluation.SetError, evaluation.DatabaseRefused, ModelError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps([asdict(row) for row in figures], indent=2))
            return
        self.stdout.write(f"{len(given.corpus):,} texts, {figures[0].queries:,} queries")
        self.stdout.write(
            f"{'':14}{'P@1':>8}{'MRR@10':>8}{'R@10':>8}{'nDCG@10':>9}{'p50 ms':>8}{'p95 ms':>8}"
        )
        for row in figures:
            self.stdout.write(
                f"{row.halves:14}{row.p_at_1:8.3f}{row.mrr_at_10:8.3f}{row.r_at_10:8.3f}"
                f"{row.ndcg_at_10:9.3f}{row.p50_ms:8.1f}{row.p95_ms:8.1f}"
            )
