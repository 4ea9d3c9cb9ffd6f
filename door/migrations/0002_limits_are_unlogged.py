"""How full an allowance is need not survive a crash of the database, and is written with every request."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("door", "0001_initial")]
    operations = [
        migrations.RunSQL("ALTER TABLE door_limit SET UNLOGGED", "ALTER TABLE door_limit SET LOGGED"),
    ]
