"""Where the product's own files lie: beside the package, in the folder that install.sh set up."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
ASSETS: Final = ROOT / "assets"
MODELS: Final = ROOT / "models"
MANIFEST: Final = MODELS / "manifest.toml"
STARTER: Final = MODELS / "starter"
SETTINGS: Final = ROOT / "kiosk.toml"
DEMO: Final = ASSETS / "demo" / "consultation.flac"
