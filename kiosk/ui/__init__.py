"""The Textual terminal app. It knows the pipeline only as `kiosk.ports.Session` and `kiosk.events.Event`."""
