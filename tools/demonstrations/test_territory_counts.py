"""What our pages of territories count is what our files hold: properties of the engine's tests."""

from tests.whole.test_territory_counts import *  # noqa: F403
