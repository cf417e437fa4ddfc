"""What all tests share: property-based tests that draw the same cases on every run.

`grantrules-ci` is on unless another profile is asked for with `--hypothesis-profile`: a test that is green on one
machine is green on the next. `grantrules-deep` looks for new cases, for an hour with nothing else to do.
"""

from hypothesis import HealthCheck, settings

import cookbook

settings.register_profile(
    "grantrules-ci",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("grantrules-deep", deadline=None, max_examples=5_000, print_blob=True)
settings.load_profile("grantrules-ci")


def pytest_terminal_summary(terminalreporter):
    """How many of the fifty features can be said: whoever runs the tests of the cookbook shall see it."""
    reports = [each for found in terminalreporter.stats.values() for each in found]
    if any("test_cookbook.py" in getattr(each, "nodeid", "") for each in reports):
        terminalreporter.write_line(cookbook.told())
