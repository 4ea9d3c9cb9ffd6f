"""Watched words: what they match, what they are not led astray by, and what replaces them."""

import pytest

from door import watching
from door.models import WatchedWord
from door.watching import CannotWatch, replaced, rule_of, watched_in

HOLD, REPLACE = WatchedWord.Action.HOLD, WatchedWord.Action.REPLACE


def stands_in(phrase: str, text: str, *, whole_words: bool = True) -> bool:
    return rule_of(WatchedWord(phrase=phrase, whole_words=whole_words)).is_in(text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("ass", "What an ASS!"),
        ("casino", "best-casino.example"),
        ("C++", "I write C++, mostly."),
        ("C++", "C++17 is newer"),
        ("v1agra!", "cheap v1agra! here"),
        ("buy now", "BUY \t\n  now"),
        ("buy now", "buy\u00a0now"),
        ("viagra", "ＶＩＡＧＲＡ"),
        ("viagra", "𝓿𝓲𝓪𝓰𝓻𝓪"),
        ("viagra", "vi\u200ba\u200dg\u00adra"),
        ("viagra", "viаgrа"),  # two letters are Cyrillic
        ("viagra", "v\u0336i\u0336a\u0336g\u0336r\u0336a\u0336"),
        ("viagra", "vi<b>ag</b>ra"),
        ("viagra", "vi**ag**ra"),
        ("viagra", "&#118;iagra"),
        ("straße", "STRASSE"),
        ("café", "cafe\u0301"),
        ("казино", "лучшее КАЗИНО!"),
        ("ﬁne", "a fine day"),
        ("हिन", "यह हिन है"),
        ("%_\\", "100%_\\ sure"),
    ],
)
def test_a_phrase_is_found_in_every_disguise_that_is_seen_through(phrase, text):
    assert stands_in(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("ass", "A class of passengers"),
        ("buy now", "buynow"),
        ("buy now", "buy it now"),
        ("cafe", "café"),
        ("cafe", "cafe\u0301"),
        ("хор", "xop in Latin letters"),
        ("сор", "a cop"),  # a Russian word of letters that look Latin
        ("viagra", "v1agra"),
        ("c.t", "a cat"),
        ("हिन", "हिन्दी"),  # the next sign belongs to the same word
    ],
)
def test_a_phrase_is_not_found_in_other_words(phrase, text):
    assert not stands_in(phrase, text)


def test_pieces_of_words_are_found_when_the_rule_says_so():
    assert stands_in("casin", "OnlineCasinos", whole_words=False)
    assert not stands_in("casin", "OnlineCasinos")


def test_the_places_are_those_in_the_text_as_typed():
    rule = rule_of(WatchedWord(phrase="viagra", whole_words=True))
    text = "ﬁrst Ｖi\u200bagra, then vi<b>agr</b>a, then &#118;iagra and viagra"
    assert [text[start:end] for start, end in rule.places(text)] == [
        "Ｖi\u200bagra",
        "vi<b>agr</b>a",
        "&#118;iagra",
        "viagra",
    ]


@pytest.mark.parametrize("phrase", ["", "  ", "\u200b\u200d", "\u0336"])
def test_a_phrase_of_which_nothing_is_seen_cannot_be_watched(db, moderator, phrase):
    with pytest.raises(CannotWatch):
        watching.watch(phrase, action=HOLD, by=moderator)
    assert not WatchedWord.objects.exists()


def test_rules_come_into_force_and_go_at_once(moderator):
    assert watched_in("a casino") == []
    word = watching.watch("casino", action=HOLD, by=moderator)
    assert watched_in("a casino") == [word]
    watching.leave_alone(word)
    assert watched_in("a casino") == []
    again = watching.watch("casino", action=HOLD, by=moderator)
    assert watched_in("a casino") == [again]
    with pytest.raises(CannotWatch):
        watching.watch("casino", action=HOLD, by=moderator)
    with pytest.raises(CannotWatch):
        watching.leave_alone(word)


def test_looking_costs_one_query_as_long_as_nobody_changes_a_rule(moderator, django_assert_num_queries):
    watching.watch("casino", action=HOLD, by=moderator)
    watched_in("warm")
    with django_assert_num_queries(1):
        assert watched_in("a casino")


def test_phrases_are_replaced_wherever_they_stand(moderator):
    watching.watch("darn", action=REPLACE, replacement="d…n", by=moderator)
    watching.watch("heck", action=HOLD, by=moderator)
    assert replaced("Darn it! DARN the heck, da<b>rn</b> darning") == "d…n it! d…n the heck, d…n</b> darning"
    assert replaced("nothing here") == "nothing here"


def test_a_replacement_with_signs_of_patterns_is_written_as_it_is(moderator):
    watching.watch("darn", action=REPLACE, replacement=r"\g<0> \1 $&", by=moderator)
    assert replaced("darn") == r"\g<0> \1 $&"
