"""Widgets know neither their siblings nor the pipeline: their parent tells them, and they post messages upward."""
