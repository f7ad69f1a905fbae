"""The composition root and the programs it makes: run, check, brief."""
