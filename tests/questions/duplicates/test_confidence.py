"""How sure the site is that two wordings ask the same: what raises it, what lowers it, and that it never fails."""

import json
import os

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from questions.duplicates import confidence as module
from questions.duplicates.confidence import FEATURES, PUBLISHED, WITHOUT_MODEL, confidence, features

anyway = hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=80,
)
# Bits that the features look at, and any text between them.
BITS = [
    "not",
    "can't",
    "n't",
    "What",
    "why",
    "iPhone",
    "6",
    "7.5",
    "C++",
    "’",
    "'",
    "İ",
    "ß",
    "١٢",
    "\x07",
    " ",
]
TEXTS = st.one_of(
    st.text(max_size=40), st.lists(st.sampled_from(BITS) | st.text(max_size=4), max_size=15).map(" ".join)
)


@pytest.fixture(params=["with the model", "without it"])
def either_way(request):
    """The site with the model, and without it."""
    request.getfixturevalue("with_model" if request.param == "with the model" else "without_model")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do I boil an egg?", "how do i boil an  egg"),
        ("What’s “this”?", 'what\'s "this"'),
        ("?", "!"),
        ("", ""),
        ("ﬁne", "fine"),
    ],
)
def test_two_of_one_key_are_surely_the_same(either_way, one, other):
    assert confidence(one, other) == confidence(other, one) == 1.0


def test_signs_that_carry_meaning_make_another_question(either_way):
    assert confidence("How is C# compiled?", "How is C++ compiled?") < 1.0


@pytest.mark.parametrize(
    ("question", "same", "different"),
    [
        (  # another number
            "How long does the battery of an iPhone 6 last?",
            "How many hours does the battery of an iPhone 6 last?",
            "How long does the battery of an iPhone 7 last?",
        ),
        (  # another name
            "What is the best time to travel to Japan?",
            "When is the best time to travel to Japan?",
            "What is the best time to travel to Kenya?",
        ),
        (  # a negation
            "Should I peel ginger before I grate it?",
            "Should I really peel ginger before I grate it?",
            "Should I not peel ginger before I grate it?",
        ),
    ],
)
def test_one_other_number_name_or_no_makes_it_less_sure_than_another_way_to_say_it(
    either_way, question, same, different
):
    assert confidence(question, different) < confidence(question, same)


@pytest.mark.parametrize("regression", ["with model", "without model"])
@pytest.mark.parametrize(
    "feature", ["different numbers", "different names", "one negated", "rarest lone word"]
)
def test_what_tells_two_apart_lowers_it_all_else_being_equal(regression, feature):
    read = module.read(PUBLISHED)[regression]
    usual = list(read.means)
    usual[read.features.index(feature)] += 1
    assert read.probability(usual) < read.probability(read.means)


@pytest.mark.parametrize(
    ("one", "other", "seen"),
    [
        ("Is it 5 km?", "Is it 5 miles?", {"different numbers": 0.0}),
        ("Is it 5 km?", "Is it 6 km?", {"different numbers": 1.0}),
        ("Is it 5 km?", "Is it far?", {"different numbers": 0.0}),
        ("Who was Bach?", "Who was Brahms?", {"different names": 1.0, "same last word": 0.0}),
        ("Who was Bach?", "Who was that?", {"different names": 0.0}),
        ("Who am I?", "Who are You?", {"different names": 0.0}),
        ("Does it rain?", "Doesn't it rain?", {"one negated": 1.0, "same last word": 1.0}),
        ("Doesn’t it rain?", "Doesn't it rain?", {"one negated": 0.0, "same words": 1.0}),
        ("Is it not nowhere?", "Can I not do no work?", {"one negated": 1.0}),
        ("Why is it so?", "How is it so?", {"different question words": 1.0}),
        ("Why is it so?", "Is it so?", {"different question words": 0.0}),
        ("Dog bites man", "Man bites dog", {"same words": 1.0, "common sequence of shorter": 1 / 3, "overlap": 1.0}),
        ("Boiling eggs", "Boil the egg", {"common sequence of shorter": 1.0, "common sequence of longer": 2 / 3}),
        ("a b c", "a b d", {"shared word pairs": 1 / 3, "rarest lone word": 1.0, "overlap": 2 / 3}),
        ("Sun", "Moon", {"overlap": 0.0, "shared word pairs": 0.0, "shorter length": 1 / 20, "length ratio": 0.0}),
        ("", "Moon", {"overlap": 0.0, "common sequence of shorter": 0.0, "shorter length": 0.0}),
    ],
)  # fmt: skip
def test_features_are_what_their_names_say(one, other, seen):
    found = dict(zip(WITHOUT_MODEL, features(one, other, None), strict=True))
    assert {name: found[name] for name in seen} == pytest.approx(seen)


def test_with_the_model_rarer_words_weigh_more(with_model):
    def overlap(one, other):
        return dict(zip(FEATURES, features(one, other, 0.5), strict=True))["overlap"]

    assert overlap("the ankylosaurus", "some ankylosaurus") > overlap("the ankylosaurus", "the egg")


def test_a_cosine_that_is_known_is_taken(with_model):
    one, other = "How do I boil an egg?", "How are eggs boiled?"
    sure = [confidence(one, other, cosine=cosine) for cosine in (0.1, 0.5, 0.9)]
    assert sure == sorted(sure)
    assert sure[0] < sure[1] < sure[2]


def test_paraphrases_are_surer_than_other_questions_on_the_subject(with_model):
    assert confidence("How old is the Earth?", "What is the age of our planet?") > 0.5
    assert confidence("How old is the Earth?", "How heavy is the Earth?") < 0.2


@anyway
@given(one=TEXTS, other=TEXTS)
def test_any_two_texts_have_a_confidence_the_same_both_ways_round(either_way, one, other):
    found = confidence(one, other)
    assert 0 <= found <= 1
    assert confidence(other, one) == pytest.approx(found, abs=1e-6)


@anyway
@given(one=TEXTS, other=TEXTS, cosine=st.floats(-1, 1))
def test_any_two_texts_of_known_cosine_have_a_confidence(without_model, one, other, cosine):
    assert 0 <= confidence(one, other, cosine=cosine) <= 1


@anyway
@given(one=TEXTS, other=TEXTS)
def test_features_are_numbers_between_sensible_bounds(without_model, one, other):
    found = features(one, other, 0.5)
    assert len(found) == len(FEATURES)
    assert all(0 <= number <= 6 for number in found)


@pytest.mark.parametrize("piece", ["a ", "1, ", "not ", "xy", "A' ", "🙂", "كيف "])
def test_ten_thousand_characters_are_read_as_far_as_a_wording_goes(either_way, piece):
    long = (piece * 10_000)[:10_000]
    assert 0 <= confidence(long, "b " * 5_000) <= 1
    assert features(long, long + "?", 0.5) == features(long[:300], long[:300], 0.5)


def test_a_site_with_coefficients_of_its_own_uses_them_from_the_next_pair_on(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    pair = ("How do I boil an egg?", "How are eggs boiled?")
    published = confidence(*pair)
    fitted = json.loads(PUBLISHED.read_text())
    for regression in fitted["regressions"].values():
        regression["intercept"] += 2
    module.site_file().write_text(json.dumps(fitted))
    assert confidence(*pair) > published
    for regression in fitted["regressions"].values():
        regression["intercept"] -= 4
    module.site_file().write_text(json.dumps(fitted))
    # Files have the time of the kernel's clock, which ticks every few milliseconds.
    os.utime(module.site_file(), ns=(1, 1))
    assert confidence(*pair) < published
    module.site_file().unlink()
    assert confidence(*pair) == published


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"regressions": {"with model": {}}}', '{"regressions": []}']
)
def test_a_damaged_file_of_coefficients_is_logged_and_not_used(settings, tmp_path, caplog, content):
    published = confidence("Boil an egg", "Boil two eggs")
    settings.VAR_DIR = tmp_path
    module.site_file().write_text(content)
    assert confidence("Boil an egg", "Boil two eggs") == published
    assert f"{module.site_file()} cannot be understood" in caplog.text


def test_coefficients_for_what_another_version_saw_are_not_used(settings, tmp_path):
    published = confidence("Boil an egg", "Boil two eggs")
    settings.VAR_DIR = tmp_path
    fitted = json.loads(PUBLISHED.read_text())
    for regression in fitted["regressions"].values():
        regression["features"] = regression["features"][1:]
        regression["intercept"] += 1
    module.site_file().write_text(json.dumps(fitted))
    assert confidence("Boil an egg", "Boil two eggs") == published


def test_the_published_coefficients_are_of_the_features_that_there_are():
    read = module.read(PUBLISHED)
    assert read["with model"].features == FEATURES
    assert read["without model"].features == WITHOUT_MODEL
