"""The demo content, as the first thing that a newcomer sees."""

import io
import stat

import pytest
from django.core.management import call_command

from answers.models import Answer, Comment, EditProposal
from qa_site.accounts.models import User
from questions import undoing
from questions.models import Act, DuplicateCandidate, Question, Tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(settings, tmp_path):
    settings.VAR_DIR = tmp_path

    def load_it() -> str:
        out = io.StringIO()
        call_command("load_demo", stdout=out)
        return out.getvalue()

    return load_it


def test_the_demo_has_what_there_is_to_try(load):
    load()
    primaries = Question.objects.primaries()
    assert 38 <= primaries.count() <= 42
    assert 55 <= Answer.objects.count() <= 65
    assert primaries.filter(wording_count__gt=1).count() >= 15
    assert primaries.unanswered().exists()
    assert Comment.objects.count() >= 10
    assert Comment.objects.exclude(replies_to__replies_to=None).exists()
    assert [comment.guest_name for comment in Comment.objects.filter(state="pending")] == ["Rosa"]
    assert Tag.objects.count() >= 8
    assert DuplicateCandidate.objects.waiting().count() == 1
    assert EditProposal.objects.pending().count() == 1
    assert Answer.objects.exclude(folded_into=None).count() == 1
    assert Answer.objects.exclude(edited_at=None).count() == 1
    call_command("check_families", stdout=io.StringIO())


def test_there_is_a_merge_to_undo(load):
    load()
    wrong = Act.objects.newest().with_people_and_wordings().first()
    assert wrong.kind == Act.Kind.MERGED
    assert undoing.obstacle(wrong) == ""


def test_the_admins_password_is_printed_kept_for_its_owner_and_works(load, settings):
    said = load()
    file = settings.VAR_DIR / "demo_admin_password"
    password = file.read_text().strip()
    assert password in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert User.objects.get(is_superuser=True).check_password(password)


def test_loading_again_changes_nothing(load):
    load()
    before = Question.objects.count()
    assert "is loaded" not in load()
    assert Question.objects.count() == before


def test_a_site_with_content_is_left_as_it_is(load, ask):
    ask("Question a?")
    assert load() == ""
    assert Question.objects.count() == 1
