"""What our pages count is what our files hold, and examples are never among what is real.

The properties are those of the engine's tests, which have them on the miniature.
"""

from tests.whole.test_counts import *  # noqa: F403
