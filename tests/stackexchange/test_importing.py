"""What a dump becomes on the site, and what the command says about it."""

import io
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from answers import tallies
from answers.models import Answer, Comment, Revision
from qa_site.accounts.models import User
from qa_site.stackexchange.models import ImportedPost, ImportedUser
from questions import asking
from questions.models import DetailsRevision, Follow, HomeTally, Question, Tag, WordingIndex
from tests.stackexchange import dumps
from tests.stackexchange.dumps import answer, comment, history, link, question, user, vote

pytestmark = pytest.mark.django_db

AT = datetime(2018, 3, 12, 17, 0, 45, 567000, tzinfo=UTC)


@pytest.fixture
def dump(tmp_path):
    def write(**files):
        return dumps.write(tmp_path / "qubits.stackexchange.com", **files)

    return write


def test_a_question_comes_in_whole(dump, import_it):
    body = "<p>I know <em>some</em> of it.</p>\n\n<pre><code>x = 1\n</code></pre>\n"
    import_it(
        dump(
            users=[user(7, "Ada L.")],
            posts=[question(1, "What  is a qubit?", body, OwnerUserId=7, Tags="<qubit><c++>")],
        )
    )
    imported = Question.objects.get()
    assert imported.text == "What is a qubit?"
    assert imported.key == "what is a qubit"
    assert imported.details == "I know *some* of it.\n\n```\nx = 1\n```"
    assert (
        imported.details_html
        == '<p>I know <em>some</em> of it.</p>\n<pre tabindex="0"><code>x = 1\n</code></pre>\n'
    )
    assert imported.created_at == imported.last_activity_at == AT
    assert imported.author.name == "Ada L."
    assert imported.is_primary
    assert sorted(imported.tags.names()) == ["c++", "qubit"]
    assert Tag.objects.get(name="c++").get_absolute_url()
    assert WordingIndex.objects.get(question=imported).text == "What is a qubit?"
    revision = DetailsRevision.objects.get(question=imported)
    assert (revision.text, revision.author, revision.created_at) == (imported.details, imported.author, AT)


def test_tags_in_the_newer_form_come_in_too(dump, import_it):
    import_it(dump(posts=[question(1, "What is a qubit?", Tags="|qubit|q#|")]))
    assert sorted(Question.objects.get().tags.names()) == ["q#", "qubit"]


def test_an_answer_comes_in_whole(dump, import_it):
    import_it(
        dump(
            users=[user(7, "Ada"), user(8, "Ben")],
            posts=[
                question(1, "What is a qubit?", AcceptedAnswerId=3),
                answer(2, 1, "<p>A <strong>state</strong>.</p>", OwnerUserId=8, Score=-4),
                answer(3, 1, OwnerUserId=7, Score=5, LastEditDate="2018-04-01T00:00:00.000"),
            ],
        )
    )
    first, second = Answer.objects.order_by("created_at", "id")
    assert first.text == "A **state**."
    assert first.html == "<p>A <strong>state</strong>.</p>\n"
    assert (first.author.name, first.created_at, first.edited_at, first.is_accepted) == (
        "Ben",
        AT,
        None,
        False,
    )
    assert first.useful_count == first.useful_elsewhere == 0
    assert second.is_accepted
    assert second.edited_at == datetime(2018, 4, 1, tzinfo=UTC)
    assert second.useful_count == second.useful_elsewhere == 5
    revision = Revision.objects.get(answer=first)
    assert (revision.number, revision.text, revision.author) == (1, "A **state**.", first.author)
    assert ImportedPost.objects.get(site="qubits", number=2).score == -4


def test_votes_for_an_answer_count_when_the_dump_has_them(dump, import_it):
    votes = [vote(1, 2), vote(2, 2), vote(3, 2, kind=3), vote(4, 1), vote(5, 99)]
    said = import_it(dump(posts=[question(1, "What is a qubit?"), answer(2, 1, Score=40)], votes=votes))
    assert Answer.objects.get().useful_count == 2
    assert "2 votes for answers" in said
    assert "1 votes against: there is no such thing here." in said


def test_a_vote_that_accepts_is_left_out_for_the_question_names_its_accepted_answer(dump, import_it):
    posts = [question(1, "What is a qubit?", AcceptedAnswerId=2), answer(2, 1)]
    said = import_it(dump(posts=posts, votes=[vote(1, 2, kind=1), vote(2, 1, kind=5)]))
    assert Answer.objects.get().is_accepted
    assert "1 acceptances: accepted answers come in by the AcceptedAnswerId of their questions." in said
    assert "1 favourites of nobody in particular: without a person to follow the question." in said


def test_people_can_be_seen_but_nobody_can_sign_in_as_them(dump, import_it):
    import_it(
        dump(
            users=[user(-1, "Community"), user(7, "  A \u202e B  "), user(8, ""), user(9, "x" * 90)], posts=[]
        )
    )
    names = dict(ImportedUser.objects.values_list("number", "user__name"))
    assert names == {-1: "Community", 7: "A B", 8: "user8", 9: "x" * 60}
    for person in User.objects.all():
        assert person.email is None
        assert not person.has_usable_password()
        assert person.date_joined == AT


def test_the_name_stands_for_an_owner_who_is_not_in_the_dump(dump, import_it):
    posts = [
        question(1, "What is a qubit?", OwnerDisplayName="Old Friend"),
        question(2, "What is a gate?", OwnerUserId=55),
        question(3, "What is a state?"),
    ]
    import_it(dump(posts=posts))
    assert list(Question.objects.order_by("id").values_list("author", "guest_name")) == [
        (None, "Old Friend"),
        (None, "user55"),
        (None, ""),
    ]


def test_comments_hang_on_their_posts_with_tags_for_their_signs(dump, import_it):
    said = import_it(
        dump(
            users=[user(7, "Ada")],
            posts=[question(1, "What is a qubit?"), answer(2, 1)],
            comments=[
                comment(
                    10,
                    1,
                    'See `a<b>` and *this*, [there](https://a.org/x_y_z "t") & https://b.org/c_d_e',
                    UserId=7,
                ),
                comment(11, 2, "**No**: 1 < 2 and $a_1*b*$", UserDisplayName="Old"),
                comment(12, 77, "Lost"),
            ],
        )
    )
    on_question = Comment.objects.get(question__isnull=False)
    assert on_question.text == (
        'See <code>a&lt;b></code> and <em>this</em>, <a href="https://a.org/x_y_z" title="t">there</a> '
        "& https://b.org/c_d_e"
    )
    assert "<code>a&lt;b&gt;</code>" in on_question.html
    assert on_question.author.name == "Ada"
    on_answer = Comment.objects.get(answer__isnull=False)
    assert on_answer.text == "<strong>No</strong>: 1 < 2 and $a_1*b*$"
    assert on_answer.guest_name == "Old"
    assert "1 comments: their post is not in the dump, or was left out." in said


def test_favourites_become_followers(dump, import_it):
    votes = [vote(1, 1, 5, UserId=7), vote(2, 1, 5, UserId=99), vote(3, 88, 5, UserId=7), vote(4, 1, 5)]
    said = import_it(dump(users=[user(7, "Ada")], posts=[question(1, "What is a qubit?")], votes=votes))
    assert Follow.objects.get().user.name == "Ada"
    assert "2 favourites: their question or their owner is not in the dump." in said


def test_former_texts_become_revisions_and_markdown_stays_as_it_was_typed(dump, import_it):
    import_it(
        dump(
            users=[user(7, "Ada"), user(8, "Ben")],
            posts=[
                question(1, "What is a qubit?", "<p>Second <em>words</em></p>"),
                answer(
                    2, 1, "<p>New <em>text</em> with a <a href='http://a.org'>link</a></p>", OwnerUserId=7
                ),
            ],
            posthistory=[
                history(1, 1, "What is a qubit?", kind=1),
                history(2, 1, "First words", UserId=7),
                history(3, 1, "Second _words_", kind=5, UserId=8),
                history(4, 2, "Old text", UserId=7),
                history(5, 2, "<qubit>", kind=3),
                history(
                    6,
                    2,
                    "New _text_ with a [link][1]\r\n\r\n  [1]: http://a.org",
                    kind=5,
                    UserId=8,
                    Comment="Typo",
                ),
            ],
        )
    )
    imported = Answer.objects.get()
    assert imported.text == "New _text_ with a [link][1]\n\n  [1]: http://a.org"
    assert "<em>text</em>" in imported.html
    assert list(
        imported.revisions.order_by("number").values_list("number", "text", "summary", "author__name")
    ) == [
        (1, "Old text", "", "Ada"),
        (2, imported.text, "Typo", "Ben"),
    ]
    asked = Question.objects.get()
    assert asked.details == "Second _words_"
    assert [revision.text for revision in asked.details_revisions.all()] == ["Second _words_", "First words"]


def test_a_history_that_does_not_say_what_the_body_says_is_kept_and_the_body_shown(dump, import_it):
    import_it(
        dump(
            posts=[question(1, "What is a qubit?", "<p>Details</p>"), answer(2, 1, "<p>What is shown</p>")],
            posthistory=[history(1, 1, "Other details"), history(2, 2, "Something else")],
        )
    )
    imported = Answer.objects.get()
    assert imported.text == "What is shown"
    assert list(imported.revisions.order_by("number").values_list("number", "text", "summary")) == [
        (1, "Something else", ""),
        (2, "What is shown", "As qubits shows it"),
    ]
    assert Question.objects.get().details == "Details"
    assert set(Question.objects.get().details_revisions.values_list("text", flat=True)) == {
        "Details",
        "Other details",
    }


def test_posts_with_one_wording_are_one_question_and_lose_nothing(dump, import_it):
    said = import_it(
        dump(
            users=[user(7, "Ada")],
            posts=[
                question(1, "What is a qubit?", "<p>First</p>", AcceptedAnswerId=3),
                question(
                    2, "what is a  QUBIT", "<p>Second</p>", Tags="<basics>", OwnerUserId=7, AcceptedAnswerId=4
                ),
                answer(3, 1),
                answer(4, 2),
            ],
            comments=[comment(9, 2, "Here too")],
        )
    )
    asked = Question.objects.get()
    assert asked.details == "First"
    assert set(asked.details_revisions.values_list("text", "author__name")) == {
        ("First", None),
        ("Second", "Ada"),
    }
    assert asked.answers.count() == 2
    assert asked.answers.filter(is_accepted=True).count() == 1
    assert asked.comments.count() == 1
    assert set(asked.tags.names()) == {"qubit", "c++", "basics"}
    assert "1 questions: their wording was here already; what hangs on them is at that question." in said


def test_a_wording_that_the_site_has_gets_the_answers_and_the_details_it_lacks(dump, import_it, ask):
    here = ask("What is a qubit?")
    import_it(dump(posts=[question(1, "what is a qubit", "<p>More</p>"), answer(2, 1, Score=6)]))
    here.refresh_from_db()
    assert Question.objects.count() == 1
    assert here.details == "More"
    assert here.details_html == "<p>More</p>\n"
    assert (here.answer_count, here.useful_count) == (1, 6)
    assert here.tally.answer_count == 1


def test_details_of_the_site_are_not_overwritten(dump, import_it):
    here = asking.ask("What is a qubit?", details="Mine")
    import_it(dump(posts=[question(1, "What is a qubit?", "<p>Theirs</p>")]))
    here.refresh_from_db()
    assert here.details == "Mine"
    assert here.details_revisions.filter(text="Theirs").exists()


def test_what_has_no_place_is_left_out_and_counted(dump, import_it):
    posts = [
        question(1, None),
        question(2, "?!"),
        question(3, "x" * 301),
        answer(4, 1),
        answer(5, 99),
        answer(6, 8, body=""),
        {"Id": 7, "PostTypeId": 5, "CreationDate": dumps.DAY, "Body": "<p>About a tag</p>"},
        question(8, "What is a qubit?"),
        question(9, "What is a gate?", CreationDate=""),
    ]
    said = import_it(dump(posts=posts, tags=[{"Id": 1, "TagName": "unused"}, {"Id": 2, "TagName": "qubit"}]))
    assert Question.objects.get().text == "What is a qubit?"
    assert not Answer.objects.exists()
    for line in [
        "1 questions: without a title.",
        "1 questions: the title cannot be a wording: Please use words: there is no letter or digit in this.",
        "2 answers: their question is not in the dump, or was left out.",
        "1 answers: without a text.",
        "1 tag descriptions: there is no such thing here.",
        "1 questions: without a date.",
        "1 tags: no question carries them.",
    ]:
        assert line in said
    assert "1 questions: the title cannot be a wording: This is 301 characters long" in said


def test_an_answer_may_come_before_its_question(dump, import_it):
    import_it(dump(posts=[answer(1, 2), question(2, "What is a qubit?")]))
    assert Answer.objects.get().question.text == "What is a qubit?"


def test_the_numbers_are_those_that_the_verbs_would_write(dump, import_it, ask):
    ask("Is it here?")
    posts = [question(1, "What is a qubit?"), question(2, "What is a gate?"), question(3, "Is it here?")]
    posts += [question(4, "Nobody knows?")]
    posts += [
        answer(
            10 + n,
            1 + n % 3,
            f"<p>Words of {n}</p><pre>x</pre>",
            Score=n % 5,
            LastEditDate=f"2019-01-{n + 1:02}T00:00:00.1",
        )
        for n in range(12)
    ]
    import_it(dump(posts=posts, postlinks=[link(1, 2, 1)]))
    before = _numbers()
    for home in Question.objects.filter(pk__in=HomeTally.objects.values("pk")):
        tallies.recount_home(home)
    assert _numbers() == before
    assert HomeTally.objects.count() == 3
    assert Question.objects.get(text="Nobody knows?").last_activity_at == AT
    family = Question.objects.get(text="What is a qubit?")
    assert (family.wording_count, family.answer_count) == (2, 8)
    assert family.lead.startswith("Words of")


def _numbers():
    columns = ["wording_count", "answer_count", "useful_count", "last_activity_at", "lead"]
    tally = ["answer_count", "useful_count", "last_activity_at", "best_useful", "best_at", "lead"]
    return (
        list(Question.objects.order_by("id").values_list("id", *columns)),
        list(HomeTally.objects.order_by("pk").values_list("pk", *tally)),
    )


def test_all_that_must_be_true_of_families_and_numbers_is_true_after_an_import(dump, import_it):
    path = dump(
        users=[user(7, "Ada")],
        posts=[
            question(1, "What is a qubit?", AcceptedAnswerId=4),
            question(2, "What are qubits?"),
            question(3, "what is a qubit"),
            answer(4, 1, Score=3),
            answer(5, 2, "<p>Shown</p>", Score=8),
            answer(6, 3, "<p>Typed <em>so</em></p>"),
        ],
        posthistory=[history(1, 5, "Typed"), history(2, 6, "Before"), history(3, 6, "Typed *so*", kind=5)],
        postlinks=[link(1, 2, 1)],
        comments=[comment(1, 4, "Thanks", UserId=7)],
    )
    import_it(path)
    call_command("check_families", stdout=io.StringIO())
    import_it(path)
    call_command("check_families", stdout=io.StringIO())


def test_links_inside_the_site_lead_to_the_site_they_came_from(dump, import_it):
    import_it(dump(posts=[question(1, "What is a qubit?", '<p><a href="/q/2">there</a></p>')]))
    assert Question.objects.get().details == "[there](https://qubits.stackexchange.com/q/2)"


def test_very_long_texts_come_in_whole(dump, import_it):
    import_it(
        dump(
            posts=[
                question(1, "What is a qubit?", f"<p>{'word ' * 20_000}</p>"),
                answer(2, 1, "<p>" + "y" * 90_000),
            ]
        )
    )
    assert len(Question.objects.get().details) == 99_999
    assert len(Answer.objects.get().text) == 90_000


def test_worker_processes_make_no_difference(dump, import_it):
    posts = [question(n, f"What is {n}?", f"<p>About <em>{n}</em></p>") for n in range(1, 40)]
    posts += [answer(100 + n, n, f"<ul><li>{n}</li></ul>") for n in range(1, 40)]
    said = import_it(dump(posts=posts), workers=2)
    assert "39 questions" in said
    assert Answer.objects.get(question__text="What is 17?").text == "- 17"


def test_two_imports_do_not_run_at_once(dump, import_it):
    other = connection.copy()
    try:
        other.set_autocommit(False)
        other.cursor().execute("SELECT pg_advisory_xact_lock(hashtextextended('import_stackexchange', 0))")
        with pytest.raises(CommandError, match="Another import is running"):
            import_it(dump(posts=[]))
    finally:
        other.rollback()
        other.close()


def test_control_characters_are_dropped(tmp_path, import_it):
    folder = dumps.write(tmp_path / "qubits", posts=[question(1, "What is a qubit?", "<p>a~b\x85c</p>")])
    posts = folder / "Posts.xml"
    posts.write_text(posts.read_text().replace("a~b", "a&#x1F;&#x1;&#31;b"))
    import_it(folder)
    assert Question.objects.get().details.replace("\x85", "") == "abc"
