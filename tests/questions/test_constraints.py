"""What must never be false is refused by the database, even to those who go around the verbs."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from questions import merging
from questions.models import Act, Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused():
    """Run a change in a transaction of its own, with the checks at its end; return the constraint that refused it."""

    def attempt(change) -> str:
        def whole_transaction():
            with transaction.atomic(), connection.cursor() as cursor:
                # What came before is checked first, so that the refusal is about the change alone.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
                change()
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

        with pytest.raises(IntegrityError) as error:
            whole_transaction()
        return error.value.__cause__.diag.constraint_name

    return attempt


@pytest.fixture
def chain(ask, moderator):
    """a in b in c, and d alone."""
    a, b, c, d = (ask(f"Question {letter}?") for letter in "abcd")
    merging.merge(a, into=b, by=moderator)
    merging.merge(b, into=c, by=moderator)
    return a, b, c, d


def change(question, **columns):
    return lambda: Question.objects.filter(pk=question.pk).update(**columns)


def test_two_questions_cannot_have_one_key(chain, refused):
    a, b, *_ = chain
    assert refused(change(a, key=b.key)) == "question_wording_is_unique"


def test_a_question_needs_a_key(chain, refused):
    assert refused(change(chain[0], key="")) == "question_has_a_wording"


def test_a_question_cannot_be_merged_into_itself(chain, refused):
    *_, d = chain
    assert refused(change(d, merged_into=d)) in {
        "question_is_not_merged_into_itself",
        "question_is_its_own_primary_unless_merged",
    }


def test_an_alternate_cannot_be_its_own_primary(chain, refused):
    a, *_ = chain
    assert refused(change(a, primary=a)) == "question_is_its_own_primary_unless_merged"


def test_a_primary_cannot_point_at_another(chain, refused):
    *_, c, d = chain
    assert refused(change(d, primary=c)) == "question_is_its_own_primary_unless_merged"


def test_an_edge_without_the_shortcut_is_refused(chain, refused):
    *_, c, d = chain
    assert refused(change(c, merged_into=d, primary=d)) == "wordings_that_hang_together_have_one_primary"


def test_a_shortcut_to_an_alternate_is_refused(chain, refused):
    a, b, *_ = chain
    assert refused(change(a, primary=b)) == "primary_of_a_question_is_a_primary"


def test_a_shortcut_to_a_stranger_is_refused(chain, refused):
    a, _, _, d = chain
    assert refused(change(a, primary=d)) == "wordings_that_hang_together_have_one_primary"


def test_a_circle_is_refused_even_when_every_shortcut_agrees(chain, refused):
    a, b, *_ = chain
    assert refused(change(b, merged_into=a)) == "questions_are_not_merged_in_a_circle"


def test_a_wording_cannot_be_inserted_into_a_family_it_does_not_point_at(chain, refused):
    a, _, _, d = chain
    now = timezone.now()

    def insert():
        Question.objects.create(
            text="New?", key="new", merged_into=a, primary=d, created_at=now, last_activity_at=now
        )

    assert refused(insert) == "wordings_that_hang_together_have_one_primary"


def test_a_question_that_anything_hangs_on_cannot_be_deleted(chain):
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        chain[1].delete()


def test_the_log_is_neither_changed_nor_deleted(chain, refused):
    act = Act.objects.first()
    assert refused(lambda: Act.objects.filter(pk=act.pk).update(reason="prettier")) == "log_is_append_only"
    assert refused(lambda: Act.objects.filter(pk=act.pk)._raw_delete("default")) == "log_is_append_only"


def test_the_law_may_take_a_person_out_of_the_log(chain):
    act = Act.objects.first()
    Act.objects.filter(pk=act.pk).update(by=None)
    act.refresh_from_db()
    assert act.by is None
