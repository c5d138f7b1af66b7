"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# No test depends on time: a busy machine must not fail one.
settings.register_profile("kiosk", deadline=None)
settings.load_profile("kiosk")
