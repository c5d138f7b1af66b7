"""Model files: what they are (manifest), where they lie (store), how they get there, and who translates what (routes).

Only `download` and `mirror` reach the network, and only `kiosk models pull` uses them.
"""
