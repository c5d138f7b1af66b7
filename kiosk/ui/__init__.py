"""The Textual terminal app. It knows the pipeline only as `kiosk.ports.Session` and `kiosk.events.Event`."""

from kiosk.ui.wrapping import keep_marks_with_words

keep_marks_with_words()
