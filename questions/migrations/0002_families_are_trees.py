"""Triggers for what a check constraint cannot say of families, because it needs more than one row.

Looked at when a transaction ends, for every wording whose edge or shortcut changed:
- its primary is a primary, and the same as that of the wording above it and of those below it;
- when its edge changed, the way up ends at that primary, so there is no cycle.

A merge changes one edge and the shortcuts of one family, so it costs a few look-ups by index for each wording
of the joining family and one walk up.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION questions_check_family() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wording questions_question;
    top bigint;
BEGIN
    -- The row as it is now: it may have changed again since this check was put off.
    SELECT * INTO wording FROM questions_question WHERE id = NEW.id;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;

    PERFORM 1 FROM questions_question WHERE id = wording.primary_id AND merged_into_id IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the primary of question % is itself an alternate', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'primary_of_a_question_is_a_primary';
    END IF;

    PERFORM 1 FROM questions_question
    WHERE (id = wording.merged_into_id OR merged_into_id = wording.id) AND primary_id <> wording.primary_id;
    IF FOUND THEN
        RAISE EXCEPTION 'question % and a wording it hangs together with have different primaries', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'wordings_that_hang_together_have_one_primary';
    END IF;

    IF wording.merged_into_id IS NOT NULL
       AND (TG_OP = 'INSERT' OR OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id) THEN
        WITH RECURSIVE way(id, merged_into_id) AS (
            SELECT id, merged_into_id FROM questions_question WHERE id = wording.id
            UNION
            SELECT above.id, above.merged_into_id
            FROM questions_question AS above JOIN way ON above.id = way.merged_into_id
        )
        SELECT id INTO top FROM way WHERE way.merged_into_id IS NULL;
        IF top IS DISTINCT FROM wording.primary_id THEN
            RAISE EXCEPTION 'the way up from question % does not end at its primary', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'questions_are_not_merged_in_a_circle';
        END IF;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER questions_family_is_a_tree
    AFTER INSERT OR UPDATE OF merged_into_id, primary_id ON questions_question
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION questions_check_family();
"""

DROP = """
DROP TRIGGER questions_family_is_a_tree ON questions_question;
DROP FUNCTION questions_check_family();
"""


class Migration(migrations.Migration):
    dependencies = [("questions", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
