"""The log of the desk may say that reports wait again; nothing in the database changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0002_log_is_append_only"),
    ]

    operations = [
        migrations.AlterField(
            model_name="deskact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("wave hidden", "Wave Hidden"),
                    ("wave undone", "Wave Undone"),
                    ("blocked", "Blocked"),
                    ("unblocked", "Unblocked"),
                    ("watched", "Watched"),
                    ("unwatched", "Unwatched"),
                    ("upheld", "Upheld"),
                    ("declined", "Declined"),
                    ("reopened", "Reopened"),
                    ("granted", "Granted"),
                    ("refused", "Refused"),
                ],
                max_length=12,
            ),
        ),
    ]
