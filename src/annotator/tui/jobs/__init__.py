"""Adding and refreshing many articles: their dialogs, and the work that goes on behind them."""
