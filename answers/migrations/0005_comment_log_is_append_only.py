"""The log about comments is as unchangeable as that about questions, by the same function."""

from django.db import migrations

CREATE = """
CREATE TRIGGER answers_comment_log_is_append_only
    BEFORE UPDATE OR DELETE ON answers_commentact
    FOR EACH ROW EXECUTE FUNCTION questions_refuse_to_rewrite_the_log();
"""

DROP = "DROP TRIGGER answers_comment_log_is_append_only ON answers_commentact;"


class Migration(migrations.Migration):
    dependencies = [("answers", "0004_moderated"), ("questions", "0003_log_is_append_only")]
    operations = [migrations.RunSQL(CREATE, DROP)]
