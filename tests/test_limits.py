"""The bounds are on by default, can be set, and cannot be set to nonsense."""

import pytest
from attrs import fields
from attrs.exceptions import FrozenInstanceError

from grantrules.limits import DEFAULT_LIMITS, Limits


def test_the_defaults_are_the_documented_figures():
    assert DEFAULT_LIMITS.as_record() == {
        "file_bytes": 262_144,
        "files": 50,
        "all_files_bytes": 1_048_576,
        "depth": 64,
        "nodes": 20_000,
        "list_items": 10_000,
        "digits": 18,
        "decimals": 6,
        "string_length": 10_000,
        "name_length": 80,
        "diagnostics": 50,
        "steps": 10_000_000,
        "json_depth": 32,
        "json_bytes": 16_777_216,
        "aggregation_depth": 2,
    }


@pytest.mark.parametrize("name", [field.name for field in fields(Limits)])
def test_each_limit_can_be_set_and_is_recorded(name):
    assert Limits(**{name: 7}).as_record()[name] == 7


def test_a_limit_of_one_is_the_narrowest():
    assert Limits(list_items=1).list_items == 1


@pytest.mark.parametrize("value", [0, -1])
def test_a_limit_of_nothing_is_refused(value):
    with pytest.raises(ValueError, match="list_items is at least 1"):
        Limits(list_items=value)


@pytest.mark.parametrize("value", [1.5, "10", True, None])
def test_a_limit_is_a_whole_number(value):
    with pytest.raises(TypeError, match="list_items is a whole number"):
        Limits(list_items=value)


def test_limits_are_named_not_counted():
    with pytest.raises(TypeError):
        Limits(10)


def test_limits_do_not_change_under_a_decision():
    with pytest.raises(FrozenInstanceError):
        DEFAULT_LIMITS.steps = 1
