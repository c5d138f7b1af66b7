"""The microphone. The only home of sounddevice and soxr."""

from kiosk.adapters.microphone.portaudio import Device, list_devices
from kiosk.adapters.microphone.source import Microphone

__all__ = ["Device", "Microphone", "list_devices"]
