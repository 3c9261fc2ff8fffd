"""Pages that scripts write, rendered by the browser that the user has, behind a proxy of ours."""
