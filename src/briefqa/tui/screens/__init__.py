"""The screens: composed of widgets, with the actions of the keys."""
