"""Any sequence of merges, unmerges, promotions and additions leaves the families that a plain graph gives."""

import io

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from answers import answering
from answers.models import Answer
from questions import asking, merging, undoing
from questions.models import Act, Question
from tests.questions.families_graph import components, families


class Families(RuleBasedStateMachine):
    """The verbs on the one side, a set of undirected edges on the other."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.wordings: list[int] = []
        self.edges: set[frozenset[int]] = set()
        self.homes: dict[int, int] = {}

    def question(self, data) -> Question:
        return Question.objects.get(pk=data.draw(st.sampled_from(self.wordings)))

    def edge_of(self, act: Act) -> frozenset[int]:
        return frozenset((act.question_id, act.other_id))

    @initialize()
    def start_with_three_questions(self):
        for _ in range(3):
            self.ask()

    @rule()
    @precondition(lambda self: len(self.wordings) < 12)
    def ask(self):
        self.wordings.append(asking.ask(f"Question number {len(self.wordings)}?").pk)

    @rule(data=st.data())
    def add_an_alternate(self, data):
        to = self.question(data)
        act = merging.add_alternate(f"Question number {len(self.wordings)}?", to=to, by=None)
        self.wordings.append(act.question_id)
        self.edges.add(frozenset((act.question_id, to.pk)))

    @rule(data=st.data())
    def answer(self, data):
        home = self.question(data)
        self.homes[answering.answer(home, "An answer.").pk] = home.pk

    @rule(data=st.data())
    def merge(self, data):
        source, into = self.question(data), self.question(data)
        try:
            act = merging.merge(source, into=into, by=None)
        except merging.SameQuestion:
            assert source == into
        except merging.AlreadyOneFamily:
            assert any({source.pk, into.pk} <= family for family in self.expected())
        else:
            assert act.other_id == into.pk
            self.edges.add(self.edge_of(act))

    @rule(data=st.data())
    def unmerge(self, data):
        question = self.question(data)
        try:
            act = merging.unmerge(question, by=None)
        except merging.NotAnAlternate:
            assert question.is_primary
        else:
            self.edges.remove(self.edge_of(act))

    @rule(data=st.data())
    def promote(self, data):
        question = self.question(data)
        try:
            merging.promote(question, by=None)
        except merging.AlreadyPrimary:
            assert question.is_primary
        else:
            assert Question.objects.get(pk=question.pk).is_primary

    @rule(data=st.data())
    def undo_anything(self, data):
        acts = list(Act.objects.order_by("pk"))
        if not acts:
            return
        act = data.draw(st.sampled_from(acts))
        try:
            undone = undoing.undo(act, by=None)
        except undoing.CannotUndo:
            return
        if undone.kind == Act.Kind.UNMERGED:
            self.edges.remove(self.edge_of(undone))
        elif undone.kind == Act.Kind.MERGED:
            self.edges.add(self.edge_of(undone))

    def expected(self) -> set[frozenset[int]]:
        return components(self.wordings, self.edges)

    @invariant()
    def families_are_the_components(self):
        assert families() == self.expected()

    @invariant()
    def every_edge_is_there_once(self):
        table = Question.objects.alternates().values_list("pk", "merged_into_id")
        assert sorted(map(sorted, self.edges)) == sorted(map(sorted, table))

    @invariant()
    def every_answer_is_at_the_family_of_its_home(self):
        family_of = {pk: family for family in self.expected() for pk in family}
        for answer in Answer.objects.select_related("question"):
            assert answer.question_id == self.homes[answer.pk]
            assert answer.question.primary_id in family_of[answer.question_id]

    @invariant()
    def the_database_agrees(self):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    def teardown(self):
        try:
            call_command("check_families", stdout=io.StringIO())
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)


@pytest.mark.django_db
def test_any_sequence_of_acts_leaves_the_components_of_the_graph():
    run_state_machine_as_test(Families, settings=settings(max_examples=40, stateful_step_count=25))
