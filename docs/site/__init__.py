"""The site: pages gathered from ``docs/``, pages made from the code, and Sphinx over both."""
