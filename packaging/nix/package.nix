{
  lib,
  python314Packages,
  fetchPypi,
  checkout ? null, # in place of the sources on the index
}:

python314Packages.buildPythonApplication rec {
  pname = "annotator-tui";
  version = "0.1.0";
  pyproject = true;

  src =
    if checkout != null then
      checkout
    else
      fetchPypi {
        pname = "annotator_tui";
        inherit version;
        hash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
      };

  build-system = [ python314Packages.hatchling ];

  dependencies = with python314Packages; [
    chardet
    click
    cssselect
    filelock
    httpx
    jinja2
    markupsafe
    lxml
    markdown-it-py
    msgspec
    nameparser
    platformdirs
    pygments
    pypdfium2
    python-dateutil
    python-ulid
    rapidfuzz
    readability-lxml
    ruamel-yaml
    rich
    textual
    tinydb
    webencodings
  ];

  pythonImportsCheck = [ "annotator.cli" ];

  meta = {
    description = "Read web articles in a terminal, mark the claims in them, and export your notes to Markdown";
    homepage = "https://github.com/annotator-tui/annotator";
    license = lib.licenses.mit;
    mainProgram = "annotator";
    platforms = lib.platforms.unix;
  };
}
