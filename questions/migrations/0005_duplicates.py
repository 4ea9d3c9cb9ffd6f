"""What duplicates are found by, where candidates come from and who looks at them, and how readers arrive."""

import django.db.models.deletion
import pgvector.django.halfvec
import pgvector.django.indexes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0004_vector_extension"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrivals",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name_plural": "arrivals",
            },
        ),
        migrations.CreateModel(
            name="MiningWalk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("first_id", models.BigIntegerField(help_text="Wordings after this one are walked.")),
                ("reached_id", models.BigIntegerField(help_text="The last wording that was looked at.")),
                ("last_id", models.BigIntegerField(help_text="The newest wording when the walk began.")),
                ("threshold", models.FloatField()),
                (
                    "found",
                    models.PositiveIntegerField(default=0, help_text="Candidates that the walk filed."),
                ),
            ],
            options={
                "ordering": ["-started_at"],
            },
        ),
        migrations.CreateModel(
            name="Skip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SuggestedAlternate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("key", models.CharField(editable=False, max_length=600)),
                (
                    "confidence",
                    models.FloatField(
                        default=0.0, help_text="The probability, by the matcher, that the two ask the same."
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True, choices=[("added", "Added"), ("declined", "Declined")], max_length=10
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="WordingEmbedding",
            fields=[
                (
                    "question",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="embedding",
                        serialize=False,
                        to="questions.question",
                    ),
                ),
                ("embedding", pgvector.django.halfvec.HalfVectorField(dimensions=384)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="act",
            name="act_names_the_other_wording_if_there_is_one",
        ),
        migrations.AddField(
            model_name="duplicatecandidate",
            name="claimed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="duplicatecandidate",
            name="claimed_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="duplicatecandidate",
            name="confidence",
            field=models.FloatField(
                default=0.0, help_text="The probability, by the matcher, that the two ask the same."
            ),
        ),
        migrations.AddField(
            model_name="duplicatecandidate",
            name="origin",
            field=models.CharField(
                choices=[
                    ("suggested", "suggested by a reader"),
                    ("asked", "asked although it is similar"),
                    ("mined", "found by mining"),
                ],
                default="suggested",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="act",
            name="kind",
            field=models.CharField(
                choices=[
                    ("merged", "Merged"),
                    ("unmerged", "Unmerged"),
                    ("promoted", "Promoted"),
                    ("added", "Added"),
                    ("reworded", "Reworded"),
                    ("hidden", "Hidden"),
                    ("restored", "Restored"),
                    ("dismissed", "Dismissed"),
                    ("reopened", "Reopened"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="duplicatecandidate",
            index=models.Index(
                condition=models.Q(("decision", "")), fields=["-confidence", "id"], name="candidate_queue"
            ),
        ),
        migrations.AddIndex(
            model_name="duplicatecandidate",
            index=models.Index(fields=["-decided_at"], name="candidate_decided"),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["merged", "unmerged", "promoted", "added", "dismissed", "reopened"]),
                        ("other__isnull", False),
                    ),
                    models.Q(("kind__in", ["reworded", "hidden", "restored"]), ("other__isnull", True)),
                    _connector="OR",
                ),
                name="act_names_the_other_wording_if_there_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatecandidate",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                name="candidate_confidence_is_a_probability",
            ),
        ),
        migrations.AddField(
            model_name="arrivals",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="arrivals", to="questions.question"
            ),
        ),
        migrations.AddField(
            model_name="skip",
            name="candidate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="skips",
                to="questions.duplicatecandidate",
            ),
        ),
        migrations.AddField(
            model_name="skip",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="suggestedalternate",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="suggestedalternate",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggested_alternates",
                to="questions.question",
            ),
        ),
        migrations.AddField(
            model_name="suggestedalternate",
            name="suggested_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="wordingembedding",
            index=pgvector.django.indexes.HnswIndex(
                ef_construction=64,
                fields=["embedding"],
                m=16,
                name="wording_embedding_hnsw",
                opclasses=["halfvec_cosine_ops"],
            ),
        ),
        migrations.AddConstraint(
            model_name="arrivals",
            constraint=models.UniqueConstraint(
                fields=("question", "day"), name="arrivals_by_a_wording_are_counted_daily"
            ),
        ),
        migrations.AddConstraint(
            model_name="skip",
            constraint=models.UniqueConstraint(
                fields=("candidate", "user"), name="moderator_skips_a_pair_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestedalternate",
            constraint=models.UniqueConstraint(
                fields=("key", "question"), name="alternate_is_suggested_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestedalternate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decision", "")),
                    models.Q(models.Q(("decision", ""), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="suggested_alternate_decision_has_a_date",
            ),
        ),
    ]
