"""What a sent form said, so that one that is sent twice is told from one that was changed in between."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("door", "0002_limits_are_unlogged"),
    ]

    operations = [
        migrations.AddField(
            model_name="sentform",
            name="content",
            field=models.CharField(db_default="", max_length=64),
        ),
    ]
