"""python manage.py evaluate_pairs: measures how well confidence() tells duplicates from other pairs."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from questions import wording
from questions.duplicates import confidence, fitting, pairs
from questions.duplicates.evaluation import SetError

# What people may want to do from so sure on.
_LEAST = (0.5, 0.6, 0.7, 0.8, 0.9)


class Command(BaseCommand):
    help = (
        "Reads lines of label (1 for duplicates, 0 for others), one wording, the other, between tabs and without a "
        "header, and prints how well confidence() tells them apart: as it is on this site, and fitted on the file "
        "itself, each tenth of it judged by what the other nine say. Needs no database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            labelled = pairs.read(file)
        except SetError as error:
            raise CommandError(str(error)) from error
        duplicates = sum(same for _, _, same in labelled)
        if min(duplicates, len(labelled) - duplicates) < fitting.FOLDS:
            raise CommandError(
                f"{file} needs at least {fitting.FOLDS} pairs of each kind, duplicates and others."
            )
        with tqdm(desc="embedding", disable=None) as bar:
            given = pairs.look_at(labelled, bar.update)
        with_model = given.features == confidence.FEATURES
        found = {
            "on this site": fitting.probabilities(confidence.regression(with_model=with_model), given.seen),
            "fitted on this file": fitting.cross_validated(given.features, given.seen, given.same),
        }
        # As confidence() has it, whatever the coefficients.
        sure = [wording.key(one) == wording.key(other) for one, other, _ in labelled]
        found = {name: np.where(sure, 1.0, some) for name, some in found.items()}
        judged = {name: fitting.judge(given.same, some) for name, some in found.items()}
        taken = {
            name: [fitting.precision_and_recall(given.same, some, least) for least in _LEAST]
            for name, some in found.items()
        }
        if options["json"]:
            figures = {
                name: {
                    **judgement.as_dict(),
                    "precision_and_recall": dict(zip(_LEAST, taken[name], strict=True)),
                }
                for name, judgement in judged.items()
            }
            self.stdout.write(
                json.dumps({"duplicates": duplicates, "with_model": with_model, **figures}, indent=2)
            )
            return
        self.stdout.write(
            f"{len(labelled):,} pairs, {duplicates:,} of them duplicates; "
            f"{'with' if with_model else 'without'} the model"
        )
        self.stdout.write(
            f"{'confidence()':20}{'AUC':>8}{'AP':>8}{'best F1':>9}{'from':>7}{'R@P90':>8}{'cal. error':>12}"
        )
        for name, judgement in judged.items():
            self.stdout.write(
                f"{name:20}{judgement.auc:8.4f}{judgement.average_precision:8.4f}{judgement.best_f1:9.4f}"
                f"{judgement.best_f1_threshold:7.2f}{judgement.recall_at_90_precision:8.4f}"
                f"{judgement.calibration_error:12.4f}"
            )
        self.stdout.write(f"{'P and R from':20}" + "".join(f"{least:>14}" for least in _LEAST))
        for name, pairs_of_figures in taken.items():
            self.stdout.write(f"{name:20}" + "".join(f"{p:8.3f}{r:6.3f}" for p, r in pairs_of_figures))
