"""One file per screen. A screen mediates between its widgets and posts what it wants upward, to the app."""
