"""The setting LIMITS: which act may be done how often."""

import re

import pytest

from door.allowances import DEFAULTS, Allowance, read_allowances


def test_the_setting_changes_what_it_names_and_leaves_the_rest():
    read = read_allowances(" ask=10/hour, search=5/second,vote=off ")
    assert (read["ask"], read["search"]) == (Allowance(10, 3600), Allowance(5, 1))
    assert "vote" not in read
    assert read["comment"] == DEFAULTS["comment"]
    assert read_allowances("off") == {}
    assert "vote" not in read_allowances("vote=off,vote=off")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("asking=10/hour", "“asking=10/hour” is about no act"),
        ("ask=ten/hour", "ask=10/hour or ask=off"),
        ("ask=0/hour", "cannot be read"),
        ("ask", "cannot be read"),
        ("ask=3/fortnight", "cannot be read"),
    ],
)
def test_what_the_setting_does_not_understand_is_named(text, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        read_allowances(text)
