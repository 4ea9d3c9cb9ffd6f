"""How many rows the planner has to expect of the walk through the embeddings.

Of a function it expects 1,000 unless told, and would then rather read the whole table of words, of 20,000 wordings,
than look up a hundred: a look-up takes two thirds of the time when it knows.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("questions", "0008_all_words")]
    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION questions_nearest(halfvec, integer) ROWS 100",
            "ALTER FUNCTION questions_nearest(halfvec, integer) ROWS 1000",
        )
    ]
