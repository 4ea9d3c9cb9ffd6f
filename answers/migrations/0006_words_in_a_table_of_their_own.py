"""The words of answers move into a table of their own, which a trigger keeps in step with the texts."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

CREATE = """
CREATE FUNCTION answers_index_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO answers_answerindex (answer_id, words) VALUES (NEW.id, to_tsvector('english', NEW.text))
    ON CONFLICT (answer_id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END
$$;

CREATE TRIGGER answers_words_are_indexed
    AFTER INSERT OR UPDATE OF text ON answers_answer
    FOR EACH ROW EXECUTE FUNCTION answers_index_words();

INSERT INTO answers_answerindex (answer_id, words) SELECT id, to_tsvector('english', text) FROM answers_answer;
"""

DROP = """
DROP TRIGGER answers_words_are_indexed ON answers_answer;
DROP FUNCTION answers_index_words();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("answers", "0005_comment_log_is_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerIndex",
            fields=[
                (
                    "answer",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="index",
                        serialize=False,
                        to="answers.answer",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "verbose_name_plural": "answer index",
            },
        ),
        migrations.RunSQL(CREATE, DROP),
        migrations.RemoveIndex(
            model_name="answer",
            name="answer_words",
        ),
        migrations.AddIndex(
            model_name="answerindex",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="answer_index_words"),
        ),
    ]
