"""Walking arrivals by day, and families by how many wordings they have."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0005_duplicates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="arrivals",
            index=models.Index(fields=["day"], name="arrivals_by_day"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                condition=models.Q(("merged_into", None), ("state", "approved"), ("wording_count__gt", 1)),
                fields=["-wording_count", "-id"],
                name="question_most_wordings",
            ),
        ),
    ]
