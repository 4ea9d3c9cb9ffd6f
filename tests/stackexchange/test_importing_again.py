"""Running the import again, over the same dump or a newer one, and after people here have changed things."""

import pytest

from answers import answering, usefulness
from answers.models import Answer, Comment
from qa_site.accounts.models import User
from qa_site.stackexchange.models import ImportedMerge
from questions import merging, moderation
from questions.models import Act, Question
from tests.stackexchange import dumps
from tests.stackexchange.dumps import answer, comment, link, question, user, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def dump(tmp_path):
    def write(**files):
        return dumps.write(tmp_path / "qubits", **files)

    return write


FIRST = {
    "users": [user(7, "Ada")],
    "posts": [
        question(1, "What is a qubit?", OwnerUserId=7),
        question(2, "What are qubits?"),
        answer(3, 1),
        answer(4, 2),
    ],
    "comments": [comment(10, 3, "Thanks")],
    "votes": [vote(1, 3), vote(2, 1, 5, UserId=7)],
    "postlinks": [link(1, 2, 1, at="2018-05-01T10:00:00.000")],
    "tags": [{"Id": 1, "TagName": "qubit"}],
    "posthistory": [dumps.history(1, 3, "Like this.")],
}


def test_a_second_run_adds_nothing_and_says_so(dump, import_it, count_rows):
    path = dump(**FIRST)
    import_it(path)
    before = count_rows()
    said = import_it(path)
    assert count_rows() == before
    assert said.startswith("Nothing new in this dump of qubits.\nHere already:\n")
    for line in ["  1 person", "  2 questions", "  2 answers", "  1 comment", "  1 favourite, as a follower"]:
        assert line + "\n" in said
    assert "  1 duplicate link, as a merge" in said


def test_the_same_row_twice_in_one_dump_comes_in_once(dump, import_it):
    import_it(dump(**{name: rows * 2 for name, rows in FIRST.items() if name != "posthistory"}))
    assert (User.objects.count(), Question.objects.count(), Answer.objects.count()) == (1, 2, 2)
    assert (Comment.objects.count(), Act.objects.count()) == (1, 1)


def test_a_newer_dump_adds_what_is_new(dump, import_it):
    import_it(dump(**FIRST))
    newer = dict(FIRST)
    newer["users"] = [*FIRST["users"], user(8, "Ben")]
    newer["posts"] = [
        *FIRST["posts"],
        answer(5, 1, OwnerUserId=8),
        question(6, "What is a gate?"),
        answer(9, 6),
    ]
    newer["comments"] = [*FIRST["comments"], comment(11, 5, "Better")]
    newer["votes"] = [*FIRST["votes"], vote(3, 5), vote(4, 5), vote(5, 3)]
    said = import_it(dump(**newer))
    assert Question.objects.count() == 3
    assert Answer.objects.count() == 4
    assert Comment.objects.count() == 2
    asked = Question.objects.get(text="What is a qubit?")
    assert (asked.answer_count, asked.useful_count) == (3, 4)
    assert asked.answers.get(author__name="Ben").useful_count == 2
    assert "The votes of 1 answer that was here already were brought up to date." in said


def test_fresh_votes_are_added_to_the_marks_that_people_gave_here(dump, import_it, asker):
    import_it(dump(**FIRST))
    imported = Answer.objects.get(text="Like this.", question__text="What is a qubit?")
    usefulness.mark(imported, by=asker)
    import_it(dump(**FIRST | {"votes": [vote(n, 3) for n in range(1, 6)]}))
    imported.refresh_from_db()
    assert (imported.useful_elsewhere, imported.useful_count) == (5, 6)
    assert imported.question.primary.useful_count == 6


def test_a_dump_without_votes_leaves_the_numbers_as_they_are(dump, import_it):
    path = dump(**FIRST)
    import_it(path)
    (path / "Votes.xml").unlink()
    import_it(path)
    assert Answer.objects.get(question__text="What is a qubit?").useful_elsewhere == 1


def test_texts_that_people_edited_here_stay(dump, import_it, asker):
    import_it(dump(**FIRST))
    imported = Answer.objects.get(question__text="What is a qubit?")
    answering.edit(imported, "Edited here", by=asker)
    asked = imported.question
    merging.reword(asked, "What exactly is a qubit?", by=asker)
    posts = [
        question(1, "What is this qubit?", "<p>New</p>"),
        *FIRST["posts"][1:3],
        answer(3, 1, "<p>New</p>"),
        answer(4, 2),
    ]
    import_it(dump(**FIRST | {"posts": posts}))
    imported.refresh_from_db()
    asked.refresh_from_db()
    assert imported.text == "Edited here"
    assert asked.text == "What exactly is a qubit?"
    assert Question.objects.count() == 2


def test_a_merge_that_was_undone_here_is_not_made_again(dump, import_it, moderator):
    path = dump(**FIRST | {"postlinks": [link(1, 2, 1), link(2, 1, 2)]})
    assert "the two are one question already, through other links or merges." in import_it(path)
    merging.unmerge(Question.objects.get(text="What are qubits?"), by=moderator)
    import_it(path)
    assert Question.objects.primaries().count() == 2
    assert Act.objects.filter(kind="merged").count() == 1
    assert ImportedMerge.objects.count() == 2


def test_a_merge_into_a_hidden_question_is_tried_again_later(dump, import_it, moderator):
    path = dump(**FIRST)
    (path / "PostLinks.xml").rename(path / "later")
    import_it(path)
    hidden = Question.objects.get(text="What is a qubit?")
    moderation.hide(hidden, by=moderator)
    (path / "later").rename(path / "PostLinks.xml")
    assert "1 duplicate links: one of the two is hidden here; the next import tries again." in import_it(path)
    moderation.restore(hidden, by=moderator)
    assert "1 duplicate link, as a merge" in import_it(path)


def test_another_site_under_the_same_name_is_refused(dump, import_it, count_rows):
    import_it(dump(posts=[question(n, f"What is {n}?") for n in range(1, 6)]))
    before = count_rows()
    others = [question(n, f"Who is {n}?", CreationDate="2011-01-01T00:00:00.000") for n in range(1, 6)]
    with pytest.raises(Exception, match="If this is another site, give its name with --site"):
        import_it(dump(posts=others))
    assert count_rows() == before
    import_it(dump(posts=others), site="cooking.stackexchange.com")
    assert Question.objects.count() == 10
