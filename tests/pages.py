"""Runs pages of the dashboard without a browser, by Streamlit's own `AppTest`."""

from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

# Each run of a page reads the metadata of every installed package, to look for components: more than half of its time.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

__all__ = ["AppTest"]
