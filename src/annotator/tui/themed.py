"""A program in a theme of ours from its first moment: to change it later reads all styles anew."""

from textual.app import App
from textual.reactive import Initialize, Reactive
from textual.theme import Theme

from annotator.tui.theme import THEMES, variables


def _first_theme(app: "ThemedApp") -> str:
    return app.first_theme


class ThemedApp(App[None]):
    """Has our themes beside those of Textual, and begins in the one of that name."""

    theme: Reactive[str] = Reactive(Initialize(_first_theme))

    def __init__(self, first_theme: str) -> None:
        self.first_theme = first_theme  # before Textual, which asks for it as it begins
        super().__init__()

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Ours and Textual's, in place of which others may be registered."""
        return {theme.name: theme for theme in THEMES} | super().available_themes

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colours for themes that are not ours."""
        return variables(self.current_theme)
