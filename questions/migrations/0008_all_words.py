"""The words of a wording with the commonest among them: "what", "not" and "how" tell questions apart.

PostgreSQL's own configuration for English drops them. On three public sets the matcher finds more with them
(docs/explanation/finding-duplicates.md).
"""

import django.contrib.postgres.indexes
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models

CREATE = """
CREATE TEXT SEARCH DICTIONARY questions_stem (TEMPLATE = snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION questions_words (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION questions_words ALTER MAPPING REPLACE english_stem WITH questions_stem;
"""

DROP = """
DROP TEXT SEARCH CONFIGURATION questions_words;
DROP TEXT SEARCH DICTIONARY questions_stem;
"""


class Migration(migrations.Migration):
    dependencies = [("questions", "0007_nearest")]
    operations = [
        migrations.RunSQL(CREATE, DROP),
        migrations.RemoveIndex("wordingindex", "wording_words"),
        migrations.RemoveField("wordingindex", "words"),
        migrations.AddField(
            "wordingindex",
            "words",
            models.GeneratedField(
                db_persist=True,
                expression=SearchVector("text", config="questions_words"),
                output_field=SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            "wordingindex",
            django.contrib.postgres.indexes.GinIndex(fields=["words"], name="wording_words"),
        ),
    ]
